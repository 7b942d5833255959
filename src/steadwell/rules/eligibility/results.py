"""What an assessment says: findings with reasons, and what would complete them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steadwell.rules.conditions import Group
from steadwell.rules.eligibility.sentences import HOLDS_CONTACT, SENTENCES


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """`incomplete`: qualifies if what is missing turns out well."""

    QUALIFIES = "qualifies"
    INCOMPLETE = "incomplete"
    DOES_NOT = "does_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A rule as it stood on the day asked about. `source` is a key of the source list; `None` where
    no source was found and the rule is our caution."""

    key: str
    rule: str
    needed: str
    source: str | None
    in_force_from: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """One criterion against one chart. `rows` are the caller's own names of chart rows."""

    criterion: Criterion
    met: Met
    found: str
    rows: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values, to keep beside a candidate."""
        return {
            "criterion": self.criterion.key,
            "met": self.met.value,
            "needed": self.criterion.needed,
            "found": self.found,
            "rows": list(self.rows),
            "rule": self.criterion.rule,
            "source": self.criterion.source,
            "in_force_from": self.criterion.in_force_from.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a person has to settle."""

    key: str
    rows: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return SENTENCES[self.key][0]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return SENTENCES[self.key][1]

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "sentence": self.sentence,
            "remedy": self.remedy,
            "rows": list(self.rows),
        }


@dataclass(frozen=True, slots=True)
class CountedCondition:
    """A disease that counts, with every chart row that names it."""

    group: Group
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """`missing` is empty unless the standing is incomplete. `needs_initiating_visit` is `None`
    where a person must first say whose visit it was. `age` is shown; no rule asks for it."""

    standing: Standing
    evidence: tuple[Evidence, ...]
    missing: tuple[Missing, ...]
    conditions: tuple[CountedCondition, ...]
    payer_kind: str
    last_visit_on: date | None
    needs_initiating_visit: bool | None
    age: int | None

    @property
    def contact_is_held(self) -> bool:
        """No letters, texts or calls before a person has decided."""
        failed = {each.criterion.key for each in self.evidence if each.met is Met.NOT_MET}
        return not HOLDS_CONTACT.isdisjoint(failed)
