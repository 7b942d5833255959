"""The `steadwell` command. Each command imports what it needs when it runs: `rules` needs no Django."""

import os

import click

from steadwell.site.cli import (
    audit,
    claims,
    close,
    database,
    demo,
    doctor,
    eligibility,
    exports,
    imports,
    loading,
    practice,
    rules,
    serve,
    sweep,
    worker,
)
from steadwell.site.folders import name_rules_folder


@click.group()
@click.version_option(package_name="steadwell")
def main() -> None:
    """Chronic Care Management from chart to provable claim."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steadwell.site.settings")
    name_rules_folder()


for command in (
    audit.audit,
    claims.claims,
    close.close,
    database.database,
    database.migrate_command,
    demo.demo,
    doctor.doctor,
    eligibility.eligibility,
    imports.import_group,
    practice.practice,
    rules.rules,
    serve.serve,
    sweep.sweep,
    worker.worker,
):
    main.add_command(command)
for command in (loading.load_fees_command, loading.load_edits_command):
    rules.rules.add_command(command)
practice.practice.add_command(exports.export)
