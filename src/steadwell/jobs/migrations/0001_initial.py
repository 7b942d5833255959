"""The ledger of work."""

import django.db.models.deletion
from django.db import migrations, models

from steadwell.common.tenancy.operations import TenantTable


class Migration(migrations.Migration):
    initial = True
    dependencies = [("practices", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("arguments", models.JSONField(default=dict)),
                ("person_id", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(default=dict)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("last_failure", models.CharField(blank=True, max_length=80)),
                ("practice", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice")),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(("done_at", None)), fields=["practice", "kind", "id"], name="jobs_chunk_open"),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=("practice", "kind", "key"), name="jobs_chunk_once"),
                ],
            },
        ),
        TenantTable("Chunk"),
    ]
