"""`steadwell claims …`: professional claims of a closed month."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steadwell.site.cli.start import in_practice, start_django

if TYPE_CHECKING:
    from steadwell.claims.faults import ClaimFault, ClaimsRefused, LeftOut
    from steadwell.claims.services import WrittenClaims

SOME_LEFT_OUT = 3


@click.group()
def claims() -> None:
    """Claims out."""


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
    Ends with 0 when every approved month is claimed, 3 when some patients were left out, 1 when
    nothing was written.
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
    if written.left_out:
        raise click.exceptions.Exit(SOME_LEFT_OUT)


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
    if not new:
        click.echo("Nothing new: every approved month has its claim already.")
    else:
        amount = sum(total for _count, total in new)
        click.echo(f"{_claims(sum(count for count, _ in new))}, ${amount:,.2f} charged.")
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
