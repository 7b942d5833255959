"""Reading practices and those who work there."""

from django.db import connection, transaction

from steadwell.practices.models import Practice


def practice_by_slug(slug: str) -> Practice | None:
    """The practice of exactly that slug. Its policy shows the row to whoever names it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT quote_literal(%s)", [slug])
        cursor.execute(f"SET LOCAL steadwell.practice_slug = {cursor.fetchone()[0]}")
        practice = Practice.objects.filter(slug=slug).first()
        cursor.execute("SET LOCAL steadwell.practice_slug = ''")
    return practice
