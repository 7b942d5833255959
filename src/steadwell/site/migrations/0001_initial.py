"""The cache's table: rate limits hold over all server processes."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            "CREATE TABLE site_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL); CREATE INDEX site_cache_expires ON site_cache (expires)",
            "DROP TABLE site_cache",
        )
    ]
