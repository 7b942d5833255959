"""Answers for tests: a small builder of 999, 277CA and 835 files out of segments."""

from collections.abc import Sequence
from decimal import Decimal

MARKS = "*:^~"


def envelope(
    transactions: Sequence[tuple[str, str, Sequence[str]]], *, marks: str = MARKS, number: int = 7
) -> str:
    """A file of transactions, each (ST01, version, segments in `*:^~`), each in a group of its own."""
    isa = (
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'PAYER':15}*ZZ*{'ELM':15}*260401*0900*^*00501*{number:09d}"
        "*0*P*:"
    )
    parts = [isa]
    for place, (kind, version, segments) in enumerate(transactions, start=1):
        functional = {"999": "FA", "277": "HN", "835": "HP"}.get(kind, "XX")
        parts += [
            f"GS*{functional}*PAYER*ELM*20260401*0900*{place}*X*{version}",
            f"ST*{kind}*{place:04d}" + ("" if kind == "835" else f"*{version}"),
            *segments,
            f"SE*{len(segments) + 2}*{place:04d}",
            f"GE*1*{place}",
        ]
    parts.append(f"IEA*{len(transactions)}*{number:09d}")
    text = "~".join(parts) + "~"
    return text.translate(str.maketrans(MARKS, marks)) if marks != MARKS else text


def a_999(*sets: tuple[str, str], group: int = 1, errors: Sequence[str] = ()) -> str:
    """Sets as (transaction number, verdict); `errors` are segments said of each."""
    body = [f"AK1*HC*{group}*005010X222A1"]
    for number, verdict in sets:
        body += [f"AK2*837*{number}*005010X222A1", *errors, f"IK5*{verdict}"]
    taken = sum(verdict in "AE" for _number, verdict in sets)
    body.append(f"AK9*{'A' if taken == len(sets) else 'R'}*{len(sets)}*{len(sets)}*{taken}")
    return envelope([("999", "005010X231A1", body)])


def a_277ca(*claims: tuple[str, str, str], batch: str = "SW000000001") -> str:
    """Claims as (control number, status as A1:19:PR, action)."""
    body = [
        "BHT*0085*08*277X*20260401*0900*TH",
        "HL*1**20*1", "NM1*PR*2*MEDICARE*****PI*12345", "TRN*1*277BATCH",
        "HL*2*1*21*1", "NM1*41*2*ELM*****46*ELM", f"TRN*2*{batch}", "STC*A1:19:PR*20260401*WQ*65",
        "HL*3*2*19*1", "NM1*85*2*ELM*****XX*1234567893", "TRN*2*0", "STC*A1:19:PR**WQ*65",
    ]  # fmt: skip
    for place, (number, status, action) in enumerate(claims, start=4):
        body += [
            f"HL*{place}*3*PT", "NM1*QC*1*EXAMPLE*PAT****MI*1EG4TE5MK73", f"TRN*2*{number}",
            f"STC*{status}*20260401*{action}*65", f"REF*1K*26091{place:05d}",
            "DTP*472*D8*20260225",
        ]  # fmt: skip
    return envelope([("277", "005010X214", body)])


def svc(
    code: str, charge: str, paid: str, *cas: str, number: str = "", on: str = "20260225",
    allowed: str = "", remarks: Sequence[str] = (), units: int = 1,
) -> list[str]:  # fmt: skip
    """One service line; `cas` as `CO*45*10.00`."""
    return [
        f"SVC*HC:{code}*{charge}*{paid}**{units}",
        f"DTM*472*{on}",
        *(f"CAS*{one}" for one in cas),
        *([f"REF*6R*{number}"] if number else []),
        *([f"AMT*B6*{allowed}"] if allowed else []),
        *(f"LQ*HE*{one}" for one in remarks),
    ]


def clp(
    number: str, charge: str, paid: str, *lines: Sequence[str], status: str = "1",
    share: str = "", cas: Sequence[str] = (), payer_number: str = "2609100001",
    extra: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """One claim payment with its lines."""
    return [
        f"CLP*{number}*{status}*{charge}*{paid}*{share}*MB*{payer_number}*11*1",
        *(f"CAS*{one}" for one in cas),
        "NM1*QC*1*EXAMPLE*PAT****MI*1EG4TE5MK73",
        *extra,
        *(segment for line in lines for segment in line),
    ]


def remit(
    *claims: Sequence[str], trace: str = "EFT1", amount: str | None = None,
    plb: Sequence[str] = (), sign: str = "C", payer: str = "1512345678",
) -> tuple[str, str, Sequence[str]]:  # fmt: skip
    """One 835 transaction; its amount is that of its claims, less `plb` (as `WO:ref*5.00`)."""
    paid = sum((Decimal(claim[0].split("*")[4] or 0) for claim in claims), Decimal(0))
    apart = sum((Decimal(one.split("*")[1]) for one in plb), Decimal(0))
    body = [
        f"BPR*I*{paid - apart if amount is None else amount}*{sign}*ACH*CCP*01*111000025*DA*1*"
        f"{payer}**01*111000025*DA*2*20260401",
        f"TRN*1*{trace}*{payer}", "DTM*405*20260401", "N1*PR*MEDICARE", "N3*1 MAIN",
        "N4*AUSTIN*TX*78701", "N1*PE*ELM STREET CLINIC*XX*1234567893", "LX*1",
        *(segment for claim in claims for segment in claim),
        *(f"PLB*1234567893*20261231*{one}" for one in plb),
    ]  # fmt: skip
    return "835", "005010X221A1", body


def an_835(
    *remittances: tuple[str, str, Sequence[str]], marks: str = MARKS, number: int = 7
) -> str:
    """A file of remittances."""
    return envelope(remittances, marks=marks, number=number)
