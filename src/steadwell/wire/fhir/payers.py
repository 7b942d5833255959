"""Who pays, read from what a policy says of itself. In doubt: `unknown`, never Medicare.

Three things carry the word Medicare and are not Part B: an Advantage plan (a private insurer pays
in Medicare's place), a supplement (it pays beside Medicare) and a drug plan. A private insurer's
"Medicare" without more could be any of them.
"""

import re
from typing import Final, NamedTuple

from steadwell.wire.fhir.concepts import Coding


class PayerKind(NamedTuple):
    """`secondary` says what the policy adds beside Medicare."""

    kind: str
    secondary: str = "none"
    is_qmb: bool = False


# Source of Payment Typology (NAHDO), longest prefix first.
_SOURCES: Final = (
    ("523", PayerKind("unknown", "medigap")),
    ("122", PayerKind("unknown")),  # drugs alone
    ("123", PayerKind("medicare_advantage")),  # medical savings account
    ("121", PayerKind("medicare_ffs")),
    ("129", PayerKind("medicare_ffs")),
    ("14", PayerKind("unknown", "medicaid")),  # both; whether a plan pays for Medicare is not said
    ("11", PayerKind("medicare_advantage")),
    ("81", PayerKind("self_pay")),
    ("2", PayerKind("medicaid")),
    ("5", PayerKind("commercial")),
    ("6", PayerKind("commercial")),
)
# Claim filing indicator codes of X12.
_FILING: Final = {
    "MB": PayerKind("medicare_ffs"), "16": PayerKind("medicare_advantage"),
    "MC": PayerKind("medicaid"), "CI": PayerKind("commercial"), "BL": PayerKind("commercial"),
    "12": PayerKind("commercial"), "13": PayerKind("commercial"), "14": PayerKind("commercial"),
    "HM": PayerKind("commercial"), "09": PayerKind("self_pay"),
}  # fmt: skip
_HEALTH_POLICIES: Final = {
    "HIP", "EHCPOL", "HSAPOL", "POS", "HMO", "PPO", "EPO", "FFS", "RETIRE", "SUBSIDIZ", "MCPOL",
}  # fmt: skip

_QMB: Final = re.compile(r"\bqmb\b|qualified medicare beneficiar")
_SUPPLEMENT: Final = re.compile(r"medigap|medsup|supplement")
_DRUGS: Final = re.compile(r"\bpart d\b|\bpdp\b|prescription|\bdrug")
_RAILROAD: Final = re.compile(r"railroad|\brrb\b")
_ADVANTAGE: Final = re.compile(
    r"advantage|\bpart c\b|\bd-?snp\b|\b[ci]-snp\b|special needs|\bmapd\b|managed medicare"
    r"|medicare (managed|replacement|hmo|ppo|pffs|snp|msa)\b|dual complete|\bmedicare\+choice\b"
)
_ORIGINAL: Final = re.compile(
    r"part b\b|part a ?(and|&|/|\+) ?b\b|medicare (ffs|fee[- ]for[- ]service)|fee[- ]for[- ]service medicare"
    r"|(original|traditional|straight) medicare"
)
_PART_A: Final = re.compile(r"\bpart a\b")
_CONTRACTORS: Final = re.compile(
    r"noridian|novitas|\bcgs\b|\bwps\b|palmetto|national government services|\bngs\b|first coast"
)
_MEDICARE_ITSELF: Final = re.compile(
    r"medicare|(us|u\.s\.|federal) medicare|cms medicare|medicare \(cms\)|medicare program"
    r"|(medicare )?(centers for medicare (&|and) medicaid services)( medicare)?"
)
_MEDICAID: Final = re.compile(r"medicaid|medi-cal|masshealth")
_MEDICAID_ALONE: Final = re.compile(r"(?!.*medicare).*(medicaid|medi-cal|masshealth).*")
_BOTH: Final = re.compile(r"medicaid|medi-cal|masshealth|\bdual")
_SELF: Final = re.compile(r"\bself[- _]?pay|\buninsured\b|\bno[ _]insurance\b")
_NOT_HEALTH: Final = re.compile(r"dental|vision|workers|auto\b|\bdisability\b|long[- ]term care")


def payer_kind(codes: tuple[Coding, ...], payer: str, plan: str) -> PayerKind:
    """The kind of `payer` (the insurer's name) and `plan` (every word about the policy)."""
    names = f"{payer} {plan} {' '.join(each.display for each in codes)}".lower()
    is_qmb = _QMB.search(names) is not None
    by_code = _by_code(codes)
    found = _by_words(payer.strip().lower(), names, by_code, codes)
    return found._replace(is_qmb=is_qmb)


def _by_code(codes: tuple[Coding, ...]) -> PayerKind | None:
    for each in codes:
        if "sopt" in each.system or each.system.endswith("2.16.840.1.113883.3.221.5"):
            for prefix, kind in _SOURCES:
                if each.code.startswith(prefix):
                    return kind
        if "x12" in each.system and each.code in _FILING:
            return _FILING[each.code]
        if each.system.endswith("coverage-selfpay"):
            return PayerKind("self_pay")
    return None


def _by_words(
    payer: str, names: str, by_code: PayerKind | None, codes: tuple[Coding, ...]
) -> PayerKind:
    if by_code == PayerKind("medicare_ffs") and _RAILROAD.search(names):
        return PayerKind("railroad_medicare")
    if by_code is not None:
        contradicted = by_code.kind == "medicare_ffs" and _ADVANTAGE.search(names)
        return PayerKind("unknown") if contradicted else by_code
    if _NOT_HEALTH.search(names):
        return PayerKind("unknown")
    if "medicare" in names or _ADVANTAGE.search(names) or "medigap" in names:
        return _medicare_by_words(payer, names)
    return _other_by_words(names, codes)


def _medicare_by_words(payer: str, names: str) -> PayerKind:
    """The first that fits. What is not Part B comes before what would make it Part B."""
    for tells, where, kind in (
        (_SUPPLEMENT.search, names, PayerKind("unknown", "medigap")),
        (_ADVANTAGE.search, names, PayerKind("medicare_advantage")),
        (_DRUGS.search, names, PayerKind("unknown")),
        (_RAILROAD.search, names, PayerKind("railroad_medicare")),
        (_MEDICAID_ALONE.fullmatch, payer, PayerKind("medicaid")),
        (_ORIGINAL.search, names, PayerKind("medicare_ffs")),
        (_PART_A.search, names, PayerKind("unknown")),
        (_BOTH.search, names, PayerKind("unknown", "medicaid")),
        (_MEDICARE_ITSELF.fullmatch, payer, PayerKind("medicare_ffs")),
        (_CONTRACTORS.search, payer, PayerKind("medicare_ffs")),
    ):
        if tells(where):
            return kind
    return PayerKind("unknown")


def _other_by_words(names: str, codes: tuple[Coding, ...]) -> PayerKind:
    if "dual" in names and "eligib" in names:  # a plan may pay for Medicare, or Medicare itself
        return PayerKind("unknown", "medicaid")
    if _MEDICAID.search(names):
        return PayerKind("medicaid")
    if _SELF.search(names):
        return PayerKind("self_pay")
    if _DRUGS.search(names):
        return PayerKind("unknown")
    is_private = any(each.code.upper() in _HEALTH_POLICIES for each in codes)
    return PayerKind("commercial") if is_private or "commercial" in names else PayerKind("unknown")
