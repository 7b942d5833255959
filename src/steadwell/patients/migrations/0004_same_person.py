"""Charts that may be one person's."""

import django.db.models.deletion
import steadwell.practices.models.tenant
import uuid
from django.conf import settings
from django.db import migrations, models

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0003_household'),
        ('practices', '0002_protect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SamePersonAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('is_same', models.BooleanField()),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
                ('practice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
                ('second', steadwell.practices.models.tenant.TenantForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['practice', 'first', 'second'], name='patient_same_person')],
                'constraints': [models.UniqueConstraint(fields=('practice', 'public_id'), name='patients_samepersonanswer_public'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='patients_sameperson_order')],
            },
        ),
        TenantTable("SamePersonAnswer"),
        AppendOnly("SamePersonAnswer"),
    ]
