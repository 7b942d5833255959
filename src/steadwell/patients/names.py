"""Names as they are looked for: without capitals and accents."""

import unicodedata


def name_key(family: str, given: str) -> str:
    """`concepcion, alfonso`: what lists of patients are sorted and searched by."""
    return folded(f"{family}, {given}" if given else family)[:250]


def folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
