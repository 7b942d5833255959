"""Conclusions kept for lists."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import steadwell.practices.models.tenant
from steadwell.common.tenancy.operations import TenantTable


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_protect")]
    operations = [
        migrations.CreateModel(
            name="MonthConclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("month", models.DateField()),
                ("key", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("patient", steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="patients.patient")),
                ("practice", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice")),
            ],
            options={
                "abstract": False,
                'constraints': [
                    models.UniqueConstraint(fields=("practice", "public_id"), name="billing_monthconclusion_public"),
                    models.UniqueConstraint(fields=("practice", "month", "patient"), name="billing_monthconclusion_once"),
                ],
            },
        ),
        TenantTable("MonthConclusion"),
    ]
