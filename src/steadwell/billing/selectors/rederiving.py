"""Whether closed months, decided again from their frozen facts by their own rules, are the same bytes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors.approvals import approvals_in
from steadwell.billing.snapshot import canonical, digest
from steadwell.practices.models import Practice
from steadwell.rules import Rulebook, decide, read_facts
from steadwell.rules.months import Month

AT_ONCE = 200  # snapshots in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthProof:
    """One closed month. `first_difference` says in words what is not as it was sealed; `missing`
    counts approvals by a rulebook version that is not here, so that nothing is proved of them."""

    month: Month
    approvals: int
    same: int
    missing: Mapping[str, int]
    first_difference: str = ""


def rederive_closed(practice: Practice, books: Mapping[str, Rulebook]) -> Iterator[MonthProof]:
    """Every closed month of the practice, the oldest first; `books` are rulebooks by version."""
    closes = MonthClose.objects.filter(practice=practice, reopened_by=None).order_by("month")
    for close in closes:
        yield _prove(practice, close, books)


def _prove(practice: Practice, close: MonthClose, books: Mapping[str, Rulebook]) -> MonthProof:
    month = Month.of(close.month)
    same, missing, digests, first = 0, Counter[str](), [], ""
    approvals = approvals_in(practice, month).order_by("pk").only("pk", "digest", "snapshot",
                                                                   "rulebook_version")  # fmt: skip
    for approval in approvals.iterator(chunk_size=AT_ONCE):
        digests.append(approval.digest)
        book = books.get(approval.rulebook_version)
        difference = _sealed(approval) or (_difference(approval, book) if book else "")
        if difference:
            first = first or f"approval {approval.pk}: {difference}"
        elif book:
            same += 1
        else:
            missing[approval.rulebook_version] += 1
    if digest(canonical(sorted(digests))) != close.digest:
        first = first or "the approvals are not those the month was sealed over"
    return MonthProof(
        month=month, approvals=len(digests), same=same, missing=missing, first_difference=first
    )


def _sealed(approval: MonthApproval) -> str:
    if digest(approval.snapshot) != approval.digest:
        return "its text does not have the digest it was sealed with"
    return ""


def _difference(approval: MonthApproval, book: Rulebook) -> str:
    """Empty where the same facts give the same bytes again."""
    frozen = json.loads(approval.snapshot)
    sentences = frozen["decision"].pop("sentences", None)
    try:
        again = decide(read_facts(frozen["facts"]), book).as_mapping()
    except (ValueError, LookupError) as error:
        return f"its facts cannot be decided any more ({type(error).__name__})"
    now = json.loads(canonical(again))
    parts = {*now, *frozen["decision"]}
    changed = sorted(part for part in parts if now.get(part) != frozen["decision"].get(part))
    if changed:
        return f"decided again, it differs in {', '.join(changed)}"
    frozen["decision"] = again if sentences is None else {**again, "sentences": sentences}
    return "" if canonical(frozen) == approval.snapshot else "its text is written differently now"
