"""Households."""

import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0002_protect'),
        ('practices', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('household', models.UUIDField(default=uuid.uuid4)),
                ('linked_at', models.DateTimeField()),
                ('linked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='household_places', to='patients.patient')),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['practice', 'household'], name='patient_household')],
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_householdmember_public'), models.UniqueConstraint(fields=('practice', 'patient'), name='patients_householdmember_once')],
            },
        ),
        TenantTable("HouseholdMember"),
    ]
