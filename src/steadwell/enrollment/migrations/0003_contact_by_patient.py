"""A patient's own contacts are found without reading everybody's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0002_protect")]

    operations = [
        migrations.AddIndex(
            model_name="designatedcontact",
            index=models.Index(fields=["practice", "patient"], name="enrollment_contact_patient"),
        ),
    ]
