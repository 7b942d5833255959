"""What every row that belongs to a practice has."""

import uuid
from typing import Any

from django.db import models

from steadwell.practices.models.practice import Practice


class TenantModel(models.Model):
    """A row of one practice. Its migration says TenantTable, or a test fails."""

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    public_id = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "public_id"], name="%(app_label)s_%(class)s_public"
            )
        ]


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A reference within one practice.

    The database's constraint is over (practice_id, x_id) and made by TenantTable; an
    index, where one is needed, leads with practice_id and is named in Meta.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options.setdefault("db_constraint", False)
        options.setdefault("db_index", False)
        super().__init__(to, on_delete, **options)
