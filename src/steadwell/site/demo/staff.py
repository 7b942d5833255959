"""Who works at the demo's practice and how they sign in. Plain values: needs no Django."""

from dataclasses import dataclass

PASSWORD = "steadwell-demo"  # noqa: S105  (printed at every start; the demo answers on this computer only)
DOMAIN = "aldercreek.example"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works at the demo's practice."""

    mailbox: str
    full_name: str
    credential: str
    roles: tuple[str, ...]
    what: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


MEMBERS = (
    Member("rosa", "Rosa Delgado, RN", "rn", ("care_manager",), "care manager"),
    Member("dana", "Dana Ruiz, CMA", "cma", ("care_manager",), "care manager"),
    Member("tom", "Tom Barnes", "non_clinical", ("enrollment",), "enrollment specialist"),
    Member("okafor", "Dr. Ngozi Okafor", "physician", ("practitioner",), "billing practitioner"),
    Member("park", "June Park, NP", "np", ("practitioner",), "billing practitioner"),
    Member("priya", "Priya Raman", "non_clinical", ("practice_manager",), "practice manager"),
    Member("lena", "Lena Voss", "non_clinical", ("compliance",), "compliance lead"),
)
OPERATOR = Member("operator", "Olu Platform", "", (), "platform operator")
