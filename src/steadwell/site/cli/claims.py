"""`steadwell claims …`: professional claims of a closed month."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, read_each, start_django

if TYPE_CHECKING:
    from steadwell.claims.faults import ClaimFault, ClaimsRefused, LeftOut
    from steadwell.claims.services import WrittenClaims

SOME_LEFT_OUT = 3


@click.group()
def claims() -> None:
    """Claims out, and what comes back."""


@claims.command()
@click.argument("month")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the files are put; made if it is not there.",
)
def write(month: str, slug: str, out: Path) -> None:
    """Write the 837P files of MONTH (2026-03), one for each payer, into a directory.

    Run again, it writes what has no claim yet and puts the files that stand already, byte for byte.
    Ends with 0 when every approved month is claimed, 3 when some patients were left out or claims
    are held, 1 when nothing was written.
    """
    start_django()
    from steadwell.claims.faults import ClaimsRefused
    from steadwell.claims.services import write_claims
    from steadwell.common.errors import Refusal
    from steadwell.rules.months import Month

    try:
        wanted = Month.parse(month)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    try:
        with in_practice(slug, origin="claims write") as practice:
            written = write_claims(practice=practice, month=wanted, acting_user=None, directory=out)
            _say(written, out)
    except ClaimsRefused as refusal:
        _say_why(refusal)
        raise click.ClickException(str(refusal)) from refusal
    except (Refusal, OSError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if written.left_out or written.held:
        raise click.exceptions.Exit(SOME_LEFT_OUT)


@claims.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--practice", "slug", required=True, help="The practice's slug.")
def read(files: tuple[Path, ...], slug: str) -> None:
    """Read FILES that came back (999, 277CA or 835), each whole or not at all.

    What was read before changes nothing. Ends with 1 when a file was refused; the others are read.
    """
    start_django()
    read_each(files, lambda path: _read_one(path, slug))


def _read_one(path: Path, slug: str) -> bool:
    """Whether the file was taken. It has a transaction of its own."""
    from steadwell.claims.answered.shown import what_was_done
    from steadwell.claims.services.answers import AnswerRefused, read_answer

    try:
        with in_practice(slug, origin="claims read") as practice:
            done = read_answer(
                practice=practice, content=path.read_bytes(), name=path.name, acting_user=None
            )
            click.echo(f"{path}: {done.answer.kind}. {' '.join(what_was_done(done))}")
    except AnswerRefused as refusal:
        click.echo(f"{path}: {refusal}", err=True)
        for fault in refusal.faults[1:]:
            click.echo(f"  {fault}", err=True)
        return False
    return True


@claims.command()
@click.argument("month")
@click.option("--practice", "slug", required=True, help="The practice's slug.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The CSV file."
)
def worksheet(month: str, slug: str, out: Path) -> None:
    """Write the approved lines of the closed MONTH as CSV, for another billing system.

    So do rural health clinics and FQHCs, whose institutional claims (837I) are not written here.
    """
    start_django()
    from steadwell.audit.services import record
    from steadwell.claims.superbill import superbill
    from steadwell.common.errors import Refusal
    from steadwell.rules.months import Month

    try:
        wanted = Month.parse(month)
        with in_practice(slug, origin="claims worksheet") as practice:
            text, patients = superbill(practice, wanted)
            record(
                "claims.superbill_downloaded",
                subject=f"billing.month/{wanted}",
                patient_ids=patients,
            )
            descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8-sig", newline="") as stream:
                stream.write(text)
    except (Refusal, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{out}: approved lines of {len(patients)} patients")


def _say(written: "WrittenClaims", out: Path) -> None:
    from steadwell.claims.selectors import file_sums

    sums = file_sums(written.files)
    for file in written.files:
        kind = "written" if file in written.new_files else "stood already"
        usage = "test" if file.is_test else "production"
        count, total = sums[file.pk]
        click.echo(f"{out / file.name}  {_claims(count)}  ${total:,.2f}  {usage}  {kind}")
        click.echo(f"  SHA-256 {file.sha256}")
    new = [sums[file.pk] for file in written.new_files]
    if not new and not written.held:
        click.echo("Nothing new: every approved month has its claim already.")
    elif new:
        amount = sum(total for _count, total in new)
        click.echo(f"{_claims(sum(count for count, _ in new))}, ${amount:,.2f} charged.")
    for one in written.held:
        click.echo(f"Held: {one.sentence} Say it in: Claims.")
    _say_left_out(written.left_out)


def _say_why(refusal: "ClaimsRefused") -> None:
    if refusal.setup:
        click.echo("The practice's set-up:")
        _say_faults(refusal.setup)
    _say_left_out(refusal.left_out)


def _say_left_out(left_out: Iterable["LeftOut"]) -> None:
    for one in left_out:
        click.echo(f"Left out: patient {one.patient.public_id}")
        _say_faults(one.faults)


def _say_faults(faults: Iterable["ClaimFault"]) -> None:
    for fault in faults:
        click.echo(f"  {fault.sentence} Mend it in: {fault.remedy.label} ({fault.remedy.address})")


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count} claims"
