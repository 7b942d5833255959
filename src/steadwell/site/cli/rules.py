"""`steadwell rules …`: decide cases, check them, explain a code. Neither Django nor a database."""

import json
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from steadwell.rules.cases import Case, CaseError, check, read_cases
from steadwell.rules.decision import Decision, Line

_FILES = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group()
def rules() -> None:
    """The rulebook: check and decide cases, explain codes, write the page."""


@rules.command("check")
@_FILES
def check_files(paths: tuple[Path, ...]) -> None:
    """Decide every case of the files and print what is not as expected."""
    held, cases = 0, _cases(paths)
    for path, case in cases:
        checked = check(case)
        held += checked.holds
        for difference in checked.differences:
            click.echo(f"{path}: {case.name}: {difference}")
    click.echo(f"{held} of {len(cases)} cases hold")
    if held < len(cases):
        raise SystemExit(1)


@rules.command("decide")
@_FILES
@click.option("--json", "as_json", is_flag=True, help="A JSON list, one object a case.")
def decide_files(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Print the decision of every case, with its reasons."""
    decided = [(case, check(case)) for _path, case in _cases(paths)]
    if as_json:
        objects = [_object(case, each.decision, each.differences) for case, each in decided]
        click.echo(json.dumps(objects, indent=2, ensure_ascii=False))
    else:
        for case, each in decided:
            click.echo(_text(case, each.decision, each.differences))
    if any(each.decision is None for _case, each in decided):
        _stop("A case lies outside what the rules are verified for.")


@rules.command()
@click.argument("code")
@click.option("--on", "day", default=None, help="A day, as in 2026-03-04.")
@click.option("--locality", default=None, help="For its amounts, as 15202-00.")
def explain(code: str, day: str | None, locality: str | None) -> None:
    """Say what a code needs on a day, and who says so."""
    from steadwell.rules.explaining import explain_code

    try:
        when = date.fromisoformat(day) if day else None
    except ValueError:
        _stop(f"{day} is not a day. Write it as 2026-03-04.")
    try:
        click.echo(explain_code(code, when, locality=locality), nl=False)
    except (ValueError, LookupError) as error:
        _stop(str(error.args[0]))


@rules.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def page(out: Path) -> None:
    """Write the page of all rules, from the rule files."""
    from steadwell.rules.page import rules_page

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(rules_page(), encoding="utf-8")
    click.echo(f"Written: {out}")


@rules.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def minutes(out: Path) -> None:
    """Write the page of minutes: what each program's minutes earn."""
    from steadwell.rules.minutes_page import minutes_page

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(minutes_page(), encoding="utf-8")
    click.echo(f"Written: {out}")


@rules.command()
def release() -> None:
    """Record the entries that are not yet recorded, so that no one edits them any more."""
    from steadwell.rules.releasing import record_new_entries

    click.echo(f"{record_new_entries()} entries recorded")


def _cases(paths: tuple[Path, ...]) -> list[tuple[Path, Case]]:
    try:
        return [(path, case) for path in paths for case in read_cases(path)]
    except CaseError as error:
        _stop(str(error))


def _stop(text: str) -> NoReturn:
    """The command cannot be carried out as it was given."""
    click.echo(f"Error: {text}", err=True)
    raise SystemExit(2)


def _object(
    case: Case, decision: Decision | None, differences: tuple[str, ...]
) -> dict[str, object]:
    if decision is None:
        return {"case": case.name, "error": differences[0]}
    from steadwell.rules.alternatives import alternatives

    written = decision.as_mapping()
    others = [each.as_mapping() for each in alternatives(case.facts)]
    priced = [*written["lines"], *others, *(line for each in others for line in each["lines"])]
    for each in priced:
        if each["amount"] is not None:
            each["amount"] = float(each["amount"])  # a JSON number, as the case format has it
    return {"case": case.name, **written, "alternatives": others}


def _text(case: Case, decision: Decision | None, differences: tuple[str, ...]) -> str:
    from steadwell.rules.alternatives import alternatives
    from steadwell.rules.sentences import sentence

    if decision is None:
        return f"{case.name}\n  {differences[0]}\n"
    rows = [case.name]
    rows += [f"  {_line(line)}" for line in decision.lines]
    if not decision.lines:
        rows.append("  Nothing to claim")
    rows += [f"  Not claimed: {sentence(reason)}" for reason in decision.reasons]
    rows += [f"  To look at: {sentence(flag)}" for flag in decision.review]
    for each in alternatives(case.facts):
        claim = "; ".join(_line(line) for line in each.lines)
        needs = "; ".join(need.words for need in each.needs)
        rows.append(f"  Or: {claim}. {needs}.")
    rows += [f"  Next: {step.words}." for step in decision.next]
    return "\n".join(rows) + "\n"


def _line(line: Line) -> str:
    from steadwell.rules.amounts import basis_in_words

    amount = "no amount" if line.amount is None else f"${line.amount}"
    return f"{line.code} ×{line.units} on {line.on}, {amount} ({basis_in_words(line.basis)})"
