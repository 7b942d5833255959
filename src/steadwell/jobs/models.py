"""The ledger of work: what is to be done, in chunks, and what was done."""

from django.db import models


class Chunk(models.Model):
    """A piece of work of one practice. Its state is read off its marks and never kept beside them.

    `arguments` hold numbers, days and digests, never a name or a fact of a patient. `person_id` is
    who asked for it, by plain number: the audit trail of the work is theirs.
    """

    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    person_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    failures = models.PositiveSmallIntegerField(default=0)
    last_failure = models.CharField(
        max_length=80, blank=True
    )  # the kind of exception, never its text

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "kind", "key"], name="jobs_chunk_once")
        ]
        indexes = [
            models.Index(
                fields=["practice", "kind", "id"],
                condition=models.Q(done_at=None),
                name="jobs_chunk_open",
            )
        ]

    def __str__(self) -> str:
        return f"chunk {self.pk}"
