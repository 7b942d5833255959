"""Legal holds on patients' records."""

import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0004_same_person'),
        ('practices', '0006_trading_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('set_at', models.DateTimeField()),
                ('patient', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='patients.patient')),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['practice', 'patient'], name='patients_legalhold_of')],
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_legalhold_public'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='patients_legalhold_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='LegalHoldLift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('lifted_at', models.DateTimeField()),
                ('hold', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lifts', to='patients.legalhold')),
                ('lifted_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_legalholdlift_public'), models.UniqueConstraint(fields=('practice', 'hold'), name='patients_legalhold_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='patients_legallift_has_reason')],
            },
        ),
        TenantTable("LegalHold"),
        AppendOnly("LegalHold"),
        TenantTable("LegalHoldLift"),
        AppendOnly("LegalHoldLift"),
    ]
