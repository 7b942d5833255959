"""Samples drawn for review, and what was found in them."""

import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_conclusions'),
        ('patients', '0004_same_person'),
        ('practices', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('month', models.DateField()),
                ('size', models.PositiveIntegerField()),
                ('seed', models.CharField(max_length=32)),
                ('population', models.PositiveIntegerField()),
                ('population_digest', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('drawn_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'indexes': [
                    models.Index(fields=['practice', 'month'], name='billing_sample_month'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('practice', 'public_id'), name='billing_reviewsample_public'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SampledMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('place', models.PositiveIntegerField()),
                ('approval', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='billing.monthapproval')),
                ('patient', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='patients.patient')),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('sample', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='months', to='billing.reviewsample')),
            ],
            options={
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('practice', 'public_id'), name='billing_sampledmonth_public'),
                    models.UniqueConstraint(fields=('practice', 'sample', 'place'), name='billing_sampledmonth_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SampleFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('outcome', models.CharField(choices=[('in_order', 'In order'), ('to_mend', 'To mend, the claim stands'), ('not_supported', 'The claim is not supported')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('recorded_at', models.DateTimeField()),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sampled', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='billing.sampledmonth')),
            ],
            options={
                'abstract': False,
                'indexes': [
                    models.Index(fields=['practice', 'sampled'], name='billing_finding_sampled'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('practice', 'public_id'), name='billing_samplefinding_public'),
                ],
            },
        ),
        TenantTable("ReviewSample"),
        TenantTable("SampledMonth"),
        TenantTable("SampleFinding"),
        AppendOnly("ReviewSample"),
        AppendOnly("SampledMonth"),
        AppendOnly("SampleFinding"),
    ]
