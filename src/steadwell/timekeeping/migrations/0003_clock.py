"""How we know of work, how a practice wants its clocks, and runs that silence ended."""

import django.contrib.postgres.fields
import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import PERSON, TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0003_household'),
        ('practices', '0002_protect'),
        ('timekeeping', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='runningclock',
            name='kept',
        ),
        migrations.AddField(
            model_name='interval',
            name='evidence',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('input', 'keys and scrolling'), ('dictation', 'dictation'), ('call', 'a call'), ('reading', 'reading a document'), ('answer', 'an answer to the clock’s question'), ('late', 'sent after a lost connection')], max_length=10), default=list, size=None),
        ),
        migrations.AddField(
            model_name='interval',
            name='proof',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='pendingentry',
            name='proof',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='runningclock',
            name='heard',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None),
        ),
        migrations.AddField(
            model_name='runningclock',
            name='limits',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='runningclock',
            name='quiet',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name='interval',
            name='source',
            field=models.CharField(choices=[('timer', 'Clock'), ('manual', 'Entered by hand'), ('call', 'Call record'), ('correction', 'Correction')], max_length=20),
        ),
        migrations.CreateModel(
            name='ClockRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('ask_after', models.PositiveSmallIntegerField(default=2)),
                ('ask_on_a_call', models.PositiveSmallIntegerField(default=30)),
                ('ask_reading', models.PositiveSmallIntegerField(default=10)),
                ('ask_desk_phone', models.PositiveSmallIntegerField(default=30)),
                ('close_after', models.PositiveSmallIntegerField(default=8)),
                ('by_role', models.JSONField(default=dict)),
                ('approval', models.CharField(choices=[('never', 'Never: entries go in at once'), ('earlier', 'For work of an earlier day'), ('always', 'For every entry by hand')], default='earlier', max_length=10)),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='timekeeping_clockrules_public'), models.UniqueConstraint(fields=('practice',), name='timekeeping_clockrules_once')],
            },
        ),
        migrations.CreateModel(
            name='CommittedHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('hours_a_week', models.DecimalField(decimal_places=1, max_digits=4)),
                ('membership', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='practices.membership')),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='timekeeping_committedhours_public'), models.UniqueConstraint(fields=('practice', 'membership'), name='timekeeping_committedhours_once')],
            },
        ),
        migrations.CreateModel(
            name='EndedRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('program', models.CharField(max_length=20)),
                ('activity', models.CharField(choices=[('phone_call', 'Phone call'), ('secure_message', 'Secure message'), ('care_coordination', 'Care coordination'), ('care_planning', 'Care planning'), ('medication_review', 'Medication review'), ('data_review', 'Review of results or readings'), ('chart_review', 'Chart review'), ('documentation', 'Documentation'), ('education', 'Education'), ('referral', 'Referral'), ('transition', 'Care transition'), ('other', 'Other')], max_length=30)),
                ('quiet', models.CharField(blank=True, max_length=10)),
                ('limits', models.JSONField(default=dict)),
                ('last_evidence_at', models.DateTimeField()),
                ('run', models.UUIDField()),
                ('free_until', models.DateTimeField(null=True)),
                ('membership', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='practices.membership')),
                ('patient', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='patients.patient')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='timekeeping_endedrun_public'), models.UniqueConstraint(fields=('practice', 'person', 'run'), name='timekeeping_endedrun_once')],
            },
        ),
        TenantTable("ClockRules"),
        TenantTable("CommittedHours"),
        TenantTable("EndedRun", also_visible="person_id = " + PERSON),
    ]
