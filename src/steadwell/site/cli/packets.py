"""`steadwell audit packet`: packets into a sealed zip, and checking one without a database."""

from pathlib import Path
from uuid import UUID

import click

from steadwell.rules.months import Month
from steadwell.site.cli.start import in_practice, start_django


class MonthWord(click.ParamType):  # type: ignore[type-arg]
    """A month, written as 2026-03."""

    name = "month"

    def convert(
        self, value: str | Month, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("month", type=MonthWord(), required=False)
@click.option("--practice", "slug", help="The practice's slug.")
@click.option(
    "--through", type=MonthWord(), help="The last month of a period that begins in MONTH."
)
@click.option("--patient", type=click.UUID, help="One patient: the id in the address of the chart.")
@click.option("--sample", type=click.UUID, help="A sample: the id in the address of its page.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the zip is put; made if it is not there.",
)
@click.option(
    "--verify",
    "sealed",
    type=click.Path(exists=True, path_type=Path),
    help="A zip, what it was unpacked to, or the JSON of one packet. Needs no database.",
)
def packet(
    month: Month | None,
    slug: str | None,
    through: Month | None,
    patient: UUID | None,
    sample: UUID | None,
    out: Path | None,
    sealed: Path | None,
) -> None:
    """Write the packets of what was approved in MONTH, or check a file of packets.

    All of a practice, of one patient, or of a sample: PDF and data of each in one zip, with a
    manifest of SHA-256 digests. MONTH is written as 2026-03.
    """
    if sealed is not None:
        if any((month, slug, through, patient, sample, out)):
            raise click.UsageError("--verify stands alone: it reads nothing but the file.")
        verify_sealed(sealed)
        return
    if month is None or slug is None or out is None:
        raise click.UsageError("Give MONTH, --practice and --out, or --verify and a file.")
    if patient and sample:
        raise click.UsageError("Give --patient or --sample, one of them.")
    _write(slug, (month, through or month), patient, sample, out)


def _write(
    slug: str, months: tuple[Month, Month], patient: UUID | None, sample: UUID | None, out: Path
) -> None:
    start_django()
    from steadwell.claims.packet import Wanted, put_bundle
    from steadwell.common.errors import Refusal

    try:
        with in_practice(slug, origin="audit packet") as practice:
            path, count, digest = put_bundle(
                Wanted(
                    practice=practice, first=months[0], last=months[1], patient_id=patient,
                    sample_id=sample,
                ),
                out,
            )  # fmt: skip
    except (Refusal, OSError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{path}: {count} packet{'' if count == 1 else 's'}, manifest SHA-256 {digest}.")


def verify_sealed(path: Path) -> None:
    """Say that the file is whole, or what differs first.

    Raises:
        click.ClickException: it is not whole.
    """
    from steadwell.wire.sealed import NotWhole, check

    try:
        found = check(path)
    except NotWhole as fault:
        raise click.ClickException(f"{path} is not whole. {fault}") from fault
    if found.kind == "packet":
        click.echo(f"{path} is whole: snapshot SHA-256 {found.digest}.")
        return
    click.echo(
        f"{path} is whole: {found.files} files, manifest SHA-256 {found.digest}. Compare it with"
        " the audit trail's event of the day the file was made."
    )
