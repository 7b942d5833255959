"""Reading an 835 (005010X221A1) by its segments in their order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from steadwell.wire.x12.answers.envelope import Segment, Transaction
from steadwell.wire.x12.answers.remittance_835 import (
    VERSION,
    ZERO,
    Adjustment,
    ClaimPayment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)

_GROUPS = ("CO", "PR", "OA", "PI", "CR")
_METHODS = ("ACH", "BOP", "CHK", "FWT", "NON")
# Segments that say nothing we post: addresses, contacts, counts and other references.
_IGNORED = frozenset(
    ("NTE", "CUR", "N3", "N4", "PER", "RDM", "LX", "TS3", "TS2", "MIA", "QTY")
)  # fmt: skip


@dataclass(slots=True)
class _Line:
    svc: Segment
    values: dict[str, object] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Claim:
    clp: Segment
    values: dict[str, str] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """A remittance while it is read."""

    bpr: Segment | None = None
    trn: Segment | None = None
    payer: Segment | None = None
    payee: Segment | None = None
    claims: list[_Claim] = field(default_factory=list)
    apart: list[ProviderAdjustment] = field(default_factory=list)

    @property
    def line(self) -> _Line | None:
        return self.claims[-1].lines[-1] if self.claims and self.claims[-1].lines else None


def read_835(transaction: Transaction) -> Remittance:
    """The transaction as a value; whether it adds up, `unbalanced` says.

    Raises:
        AnswerNotReadable: it is another version, or an element cannot be what it has to be.
    """
    if not transaction.version.startswith(VERSION):
        raise transaction.opening.refuse(
            f"This 835 is not of version {VERSION}A1.", transaction.version
        )
    state = _State()
    for segment in transaction.segments:
        if segment.id in _TAKERS:
            _TAKERS[segment.id](state, segment)
        elif segment.id not in _IGNORED:
            raise segment.refuse("An 835 has no such segment.")
    return _remittance(state, transaction)


def _remittance(state: _State, transaction: Transaction) -> Remittance:
    bpr, trn, payer = state.bpr, state.trn, state.payer
    if bpr is None or trn is None or payer is None or state.payee is None:
        raise transaction.opening.refuse("An 835 has to have BPR, TRN, N1*PR and N1*PE.")
    amount, sign, method = bpr.money(2, "payment"), bpr(3), bpr.text(4, "way of payment", 3)
    if sign not in ("C", "D") or method not in _METHODS:
        raise bpr.refuse("The payment is neither credit nor debit, or of no known way.", method)
    return Remittance(
        position=bpr.position,
        trace_number=trn.text(2, "trace number", 50),
        payer_identifier=trn.text(3, "payer's identifier", 10),
        payer_name=payer.text(2, "payer's name", 60, may_lack=True),
        payee_identifier=state.payee.text(4, "payee's identifier", 80, may_lack=True),
        amount=-amount if sign == "D" else amount,
        method=method,
        paid_on=bpr.day(16, "day of the payment"),
        claims=tuple(_claim(one) for one in state.claims),
        provider_adjustments=tuple(state.apart),
    )


def _once(name: str) -> Callable[[_State, Segment], None]:
    def take(state: _State, segment: Segment) -> None:
        if getattr(state, name) is not None:
            raise segment.refuse("An 835 has this segment once.")
        setattr(state, name, segment)

    return take


def _party(state: _State, segment: Segment) -> None:
    if segment(1) == "PR":
        _once("payer")(state, segment)
    elif segment(1) == "PE":
        _once("payee")(state, segment)


def _new_claim(state: _State, segment: Segment) -> None:
    state.claims.append(_Claim(clp=segment))


def _new_line(state: _State, segment: Segment) -> None:
    _claim_of(state, segment).lines.append(_Line(svc=segment))


def _claim_of(state: _State, segment: Segment) -> _Claim:
    if not state.claims:
        raise segment.refuse("It stands before any claim (CLP).")
    return state.claims[-1]


def _adjusted(state: _State, segment: Segment) -> None:
    where = state.line or _claim_of(state, segment)
    where.adjustments += _adjustments(segment)


def _adjustments(segment: Segment) -> Iterator[Adjustment]:
    group = segment(1)
    if group not in _GROUPS:
        raise segment.refuse("No group of adjustments is so.", group)
    for first in range(2, max(len(segment.elements), 4), 3):
        if any(segment(first + place) for place in range(3)):
            yield Adjustment(
                group=group,
                reason=segment.text(first, "reason of the adjustment", 5),
                amount=segment.money(first + 1, "amount of the adjustment"),
                quantity=_quantity(segment, first + 2),
            )


def _quantity(segment: Segment, number: int) -> Decimal | None:
    value = segment(number).strip()
    if not value:
        return None
    try:
        quantity = Decimal(value)
    except InvalidOperation as error:
        raise segment.refuse("A quantity is not a number.", value) from error
    if not quantity.is_finite() or abs(quantity) >= 1_000_000:
        raise segment.refuse("A quantity is out of range.", value)
    return quantity


def _name(state: _State, segment: Segment) -> None:
    claim = _claim_of(state, segment)
    if segment(1) == "QC":
        whole = " ".join(filter(None, (segment(3), segment(4), segment(5))))
        claim.values["patient_name"] = whole[:120]
        claim.values["member_number"] = segment.text(9, "member's number", 80, may_lack=True)
    elif segment(1) == "TT":
        claim.values["crossed_to"] = segment(3)[:60] or "another payer"


def _outpatient(state: _State, segment: Segment) -> None:
    """MOA03 to MOA07 are remarks of the claim."""
    _claim_of(state, segment).remarks += [one[:10] for one in segment.elements[3:8] if one]


def _remark(state: _State, segment: Segment) -> None:
    if segment(1) in ("HE", "RX"):
        where = state.line or _claim_of(state, segment)
        where.remarks.append(segment.text(2, "remark", 10))


def _reference(state: _State, segment: Segment) -> None:
    if state.line and segment(1) == "6R":
        state.line.values["control_number"] = segment.text(2, "line control number", 50)


def _dated(state: _State, segment: Segment) -> None:
    if state.line and segment(1) in ("472", "150"):
        state.line.values["served_on"] = segment.day(2, "day of the service")


def _amount(state: _State, segment: Segment) -> None:
    if state.line and segment(1) == "B6":
        state.line.values["allowed"] = segment.money(2, "allowed amount")


def _apart(state: _State, segment: Segment) -> None:
    for first in range(3, max(len(segment.elements), 5), 2):
        parts = segment.parts(first)
        if not parts and not segment(first + 1):
            continue
        if not parts or len(parts[0]) not in (1, 2) or len((*parts, "", "")[1]) > 50:
            raise segment.refuse("No reason of a provider's adjustment is so.", segment(first))
        state.apart.append(
            ProviderAdjustment(
                position=segment.position,
                reason=parts[0],
                reference=parts[1] if len(parts) > 1 else "",
                amount=segment.money(first + 1, "amount of the provider's adjustment"),
            )
        )


def _claim(one: _Claim) -> ClaimPayment:
    clp = one.clp
    return ClaimPayment(
        position=clp.position,
        control_number=clp.text(1, "claim's control number", 50),
        status=clp.text(2, "status of the claim", 2),
        charge=clp.money(3, "charge of the claim"),
        paid=clp.money(4, "payment of the claim"),
        patient_share=clp.money(5, "patient's share", lacking=ZERO),
        payer_number=clp.text(7, "payer's claim number", 50, may_lack=True),
        adjustments=tuple(one.adjustments),
        remarks=tuple(one.remarks),
        lines=tuple(_line(line) for line in one.lines),
        **one.values,
    )


def _line(one: _Line) -> ServicePayment:
    svc = one.svc
    _kind, code, *modifiers = (*svc.parts(1), "", "")
    if not 0 < len(code) <= 48:
        raise svc.refuse("The service has no code.", svc(1))
    return ServicePayment(
        position=svc.position,
        code=code,
        modifiers=tuple(each[:2] for each in modifiers[:4] if each),
        charge=svc.money(2, "charge of the line"),
        paid=svc.money(3, "payment of the line", lacking=ZERO),
        units=_quantity(svc, 5),
        adjustments=tuple(one.adjustments),
        remarks=tuple(one.remarks),
        **{"served_on": None, **one.values},  # type: ignore[arg-type]
    )


_TAKERS: dict[str, Callable[[_State, Segment], None]] = {
    "BPR": _once("bpr"),
    "TRN": _once("trn"),
    "N1": _party,
    "CLP": _new_claim,
    "SVC": _new_line,
    "CAS": _adjusted,
    "NM1": _name,
    "MOA": _outpatient,
    "LQ": _remark,
    "REF": _reference,
    "DTM": _dated,
    "AMT": _amount,
    "PLB": _apart,
}
