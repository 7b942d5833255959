"""Relative values, factors and indices that the rulebook does not know yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from steadwell.rules.loading import geography, relative_values
from steadwell.rules.loading.faults import LoadFault, LoadRefused
from steadwell.rules.loading.folder import Draft, Loaded, kept_in
from steadwell.rules.loading.geography import GeographyFile, PlaceRow, read_geography
from steadwell.rules.loading.opening import Table, tables
from steadwell.rules.loading.relative_values import CodeRow, RelativeFile, read_relative_values
from steadwell.rules.rulebook import Rulebook
from steadwell.rules.rulebook.fees import RelativeValue, Series
from steadwell.rules.rulebook.fees.reading import PAID_BY_SCHEDULE
from steadwell.rules.rulebook.installed import FEES

T = TypeVar("T")

_VALUES: Final = ("work", "pe_nonfacility", "pe_facility", "malpractice")
_NEXT: Final = (
    "What was in force is never edited. A later release of the year is loaded from its own day on,"
    " with --from."
)


def load_fees(
    paths: Sequence[Path], directory: Path, *, start: date | None = None, dry_run: bool = False
) -> Loaded:
    """Keep what the files say and the rulebook does not; `start` where a file begins later in its year.

    Raises:
        LoadRefused: a file is not as CMS publishes it, or gainsays what is known. Nothing is kept.
        RuleDataError: the folder, or what would be kept, cannot be read.
    """
    found = [(table, _kind(table)) for table in tables(paths)]
    values = [read_relative_values(table) for table, kind in found if kind == "values"]

    def change(draft: Draft) -> None:
        states = _states(draft.book)
        places = [read_geography(table, states) for table, kind in found if kind == "places"]
        wrong = [fault for file in values for fault in file.faults]
        wrong += [fault for place in places for fault in place.faults]
        _refuse([*_strangers(found), *wrong])
        for file in sorted(values, key=lambda one: (one.qualifying, one.start)):
            _keep_values(draft, file, _begins(file, start))
        for place in places:
            _keep_places(draft, place, _begins(place, start))
        passed = [table.name for table, kind in found if not kind]
        draft.said += [f"{name}: passed over, as no amount needs it." for name in passed]

    return kept_in(directory, FEES, change, dry_run=dry_run)


def _kind(table: Table) -> str:
    for _number, (_line, row) in zip(range(40), table.rows(), strict=False):
        if relative_values.is_header(row):
            return "values"
        if geography.is_header(row):
            return "places"
    return ""


def _strangers(found: Sequence[tuple[Table, str]]) -> list[LoadFault]:
    """Files that were given by name and are not fees; and a zip without any."""
    named = [table for table, kind in found if not kind and not table.packed]
    packed = (
        []
        if any(kind for _table, kind in found)
        else [each for each, _kind in found if each.packed]
    )
    reason = "Neither relative values nor indices of localities are in it."
    cure = "Give a PPRRVU or a GPCI file of CMS. Tables of edits are loaded with load-edits."
    return [LoadFault(file=each.name, reason=reason, cure=cure) for each in (*named, *packed[:1])]


def _refuse(faults: Sequence[LoadFault]) -> None:
    if faults:
        raise LoadRefused(faults)


def _states(book: Rulebook) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, place in book.fees.localities.items():
        found[key.partition("-")[0]].add(place.state)
    return {contractor: frozenset(states) for contractor, states in found.items()}


def _begins(file: RelativeFile | GeographyFile, start: date | None) -> date:
    if start is not None and start.year != file.year:
        cure = f"Give a day of {file.year}, or leave --from away."
        fault = LoadFault(
            file=file.table.name, reason=f"It is of {file.year}, and --from is {start}.", cure=cure
        )
        raise LoadRefused([fault])
    return start or file.start


def _keep_values(draft: Draft, file: RelativeFile, on: date) -> None:
    fees = draft.book.fees
    kind = "qualifying" if file.qualifying else "standard"
    series = fees.qualifying if file.qualifying else fees.standard
    factor, wanted = (
        series.within_year(on),
        sorted({*draft.book.codes, *fees.values} & set(file.codes)),
    )
    new = [code for code in wanted if _differs(fees.values.get(code), _value(file.codes[code]), on)]
    taken = [code for code in new if file.qualifying or _starts(fees.values.get(code), on)]
    faults = [_other_value(file, code, on) for code in taken]
    if factor != file.factor and _starts(series, on):
        faults.append(
            _gainsaid(file, None, f"the factor {file.factor} from {on}, where {factor} is")
        )
    _refuse(faults)
    title = (
        f"CMS relative values {file.year}, released {file.released or 'on a day it does not say'}"
    )
    source = draft.source_of(file.table, title)
    for code in new:
        draft.add("relative_values", _value_row(code, file.codes[code], on, source))
    if factor != file.factor:
        draft.add(kind, {"from": on.isoformat(), "value": str(file.factor), "source": source})
    draft.renew()
    _say_values(draft, file, on, new=len(new), same=len(wanted) - len(new), factor=factor)


def _other_value(file: RelativeFile, code: str, on: date) -> LoadFault:
    line = file.codes[code].line
    if not file.qualifying:
        return _gainsaid(file, line, f"{code} from {on}")
    return LoadFault(
        file=file.table.name,
        line=line,
        reason=f"The values of {code} are not those of the file for everybody else.",
        cure="Load that file first, or together with this one. From this one only the factor is kept.",
    )


def _differs(series: Series[T] | None, value: T, on: date) -> bool:
    return series is None or series.within_year(on) != value


def _starts(series: Series[T] | None, on: date) -> bool:
    return series is not None and on in series.starts


def _say_values(
    draft: Draft, file: RelativeFile, on: date, *, new: int, same: int, factor: Decimal | None
) -> None:
    whose = "qualifying participants" if file.qualifying else "everybody else"
    whether = "known already" if factor == file.factor else f"new, from {on}"
    passed = len(file.codes) - new - same
    draft.said.append(
        f"{file.table.name}: relative values of {file.year}. {new} codes new from {on}, {same} known"
        f" already, {passed} passed over as Steadwell has no rule for them."
        f" Conversion factor of {whose} {file.factor}: {whether}."
    )


def _keep_places(draft: Draft, file: GeographyFile, on: date) -> None:
    known = {key: place.indices for key, place in draft.book.fees.localities.items()}
    new = [each for key, each in file.places.items() if _differs(known.get(key), each.index, on)]
    taken = [each for each in new if _starts(known.get(each.key), on)]
    _refuse([_gainsaid(file, each.line, f"{each.key} from {on}") for each in taken])
    source = draft.source_of(file.table, f"CMS geographic practice cost indices {file.year}")
    for place in new:
        draft.add("localities", _place_row(place, on, source))
    draft.renew()
    draft.said.append(
        f"{file.table.name}: indices of {file.year}. {len(new)} localities new from {on},"
        f" {len(file.places) - len(new)} known already."
    )
    draft.said += _moved(known, file)


def _moved(known: Mapping[str, object], file: GeographyFile) -> list[str]:
    """CMS seldom makes or ends a locality: whoever loads should look at both."""
    begun = ", ".join(sorted(set(file.places) - set(known)))
    ended = ", ".join(sorted(set(known) - set(file.places)))
    said = [f"Localities that were not known before: {begun}."] if begun else []
    return said + ([f"Localities that the file does not name: {ended}."] if ended else [])


def _gainsaid(file: RelativeFile | GeographyFile, line: int | None, what: str) -> LoadFault:
    return LoadFault(
        file=file.table.name,
        line=line,
        reason=f"It differs from what is known: {what}.",
        cure=_NEXT,
    )


def _value(row: CodeRow) -> RelativeValue:
    return RelativeValue(
        work=row.numbers["work"],
        nonfacility=row.numbers["pe_nonfacility"],
        facility=row.numbers["pe_facility"],
        malpractice=row.numbers["malpractice"],
        has_national_amount=row.status in PAID_BY_SCHEDULE,
    )


def _value_row(code: str, row: CodeRow, on: date, source: str) -> dict[str, str]:
    return {
        "code": code,
        "from": on.isoformat(),
        "source": source,
        "status": row.status,
        **{name: str(row.numbers[name]) for name in _VALUES},
    }


def _place_row(place: PlaceRow, on: date, source: str) -> dict[str, str]:
    return {
        "contractor": place.contractor,
        "locality": place.locality,
        "state": place.state,
        "name": place.name,
        "from": on.isoformat(),
        "work": str(place.work),
        "expense": str(place.expense),
        "malpractice": str(place.malpractice),
        "source": source,
    }
