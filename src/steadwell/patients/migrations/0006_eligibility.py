"""Eligibility files and answers (271)."""

import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0005_legal_hold'),
        ('practices', '0006_trading_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EligibilityFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField()),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('received_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EligibilityAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('place', models.PositiveIntegerField()),
                ('placed_at', models.DateTimeField(null=True)),
                ('transaction_number', models.CharField(max_length=20)),
                ('reference', models.CharField(blank=True, max_length=50)),
                ('trace_number', models.CharField(blank=True, max_length=50)),
                ('payer_name', models.CharField(blank=True, max_length=60)),
                ('payer_identifier', models.CharField(blank=True, max_length=80)),
                ('member_number', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(blank=True, max_length=60)),
                ('given_name', models.CharField(blank=True, max_length=35)),
                ('birth_date', models.DateField(null=True)),
                ('asked_on', models.DateField(null=True)),
                ('answered_on', models.DateField()),
                ('about_from', models.DateField()),
                ('about_to', models.DateField()),
                ('says', models.JSONField()),
                ('patient', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='eligibility_answers', to='patients.patient')),
                ('placed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('file', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='patients.eligibilityfile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='eligibilityfile',
            constraint=models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_eligibilityfile_public'),
        ),
        migrations.AddConstraint(
            model_name='eligibilityfile',
            constraint=models.UniqueConstraint(fields=('practice', 'sha256'), name='patients_eligibilityfile_once'),
        ),
        migrations.AddIndex(
            model_name='eligibilityanswer',
            index=models.Index(fields=['practice', 'patient', 'about_to'], name='patients_eligibility_of'),
        ),
        migrations.AddConstraint(
            model_name='eligibilityanswer',
            constraint=models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_eligibilityanswer_public'),
        ),
        migrations.AddConstraint(
            model_name='eligibilityanswer',
            constraint=models.UniqueConstraint(fields=('practice', 'file', 'place'), name='patients_eligibility_place'),
        ),
        TenantTable("EligibilityFile"),
        AppendOnly("EligibilityFile"),
        TenantTable("EligibilityAnswer"),
        AppendOnly("EligibilityAnswer", updatable=("patient_id", "placed_at", "placed_by_id")),
    ]
