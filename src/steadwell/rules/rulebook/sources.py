"""Who says so: the list of sources."""

from steadwell.rules.rulebook.entries import RuleDataError, Source
from steadwell.rules.rulebook.reading import document, only, text_at

GRADES = {
    "P": "primary data, or the text of an agency",
    "N": "near-primary: a contractor's page, or agency text repeated elsewhere",
    "S": "secondary: a society, a law firm, the coding press",
    "V": "a vendor",
    "U": "unsourced: our own knowledge or caution",
}


def read_sources(text: str) -> dict[str, Source]:
    """
    Raises:
        RuleDataError: the list is not as it must be.
    """
    found = {}
    for key, body in document(text, "sources.yaml").items():
        where = f"sources.yaml: {key}"
        parts = {"title", "cite", "grade", "read_by"}
        only(body, parts, where, required=parts)
        if body["grade"] not in GRADES:
            raise RuleDataError(f"{where}: grade must be one of {', '.join(GRADES)}.")
        read_by = body["read_by"]
        found[key] = Source(
            key=key,
            title=text_at(body["title"], f"{where}: title"),
            cite=text_at(body["cite"], f"{where}: cite"),
            grade=str(body["grade"]),
            read_by=None if read_by is None else text_at(read_by, f"{where}: read_by"),
        )
    return found
