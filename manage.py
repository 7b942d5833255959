#!/usr/bin/env python
"""Django's own commands; the product's are `steadwell …`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steadwell.site.settings")
    from steadwell.site.database.running import ensure_database_server

    ensure_database_server()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
