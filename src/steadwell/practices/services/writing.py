"""How a row of the settings is changed: only what differs, and the trail names the fields."""

from typing import Any

from django.db import models

from steadwell.audit.services import record


def write_changes(row: models.Model, values: dict[str, Any], *, action: str) -> list[str]:
    """Set what differs, save it, record which fields. The names of the fields that changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    record(action, subject=subject_of(row), reason=f"changed: {', '.join(changed)}"[:300])
    return changed


def subject_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}/{row.pk}"
