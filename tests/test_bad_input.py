"""What no browser of ours would send: every form and every query parameter, spoiled one by one.

A page answers with words or says that it is not there; it never fails.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from steadwell.billing.tests.golden import make_golden
from steadwell.careplans.services import start_plan
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Practice, Role
from tests.matrix import ADDRESSES, MATRIX, address

LONG, DIGITS = "x" * 6000, "9" * 5000
SPOILED = (
    "", LONG, DIGITS, "-1", "9" * 20, "²", "2026-02-30", "<script>'\";--%s{{x}}",
    "00000000-0000-4000-8000-000000000000", "\U0001f9ff\u202e\ufffe",
)  # fmt: skip
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30")
MONTHS = ("2000-01", "2026-03", "2099-12", "0001-01", "9999-12", "2026-13", "0000-01")
QUERIES = {
    "chart_record": ("all", "page"),
    "today": ("who", "show", "risk", "within", "sort", "page"),
    "forecast": ("who",),
    "enrollment": ("list", "reason", "page"),
    "month": ("state", "practitioner", "reason", "page", "patient"),
    "chart_billing": ("month",),
    "chart_time": ("month",),
    "claims": ("page",),
    "claim_denials": ("show", "reason", "page"),
    "cases": ("show", "page"),
    "case_new": ("claim",),
    "claim_statement": ("lang",),
    "eligibility": ("page",),
    "patients_same": ("page",),
    "plans_to_sign": ("page",),
    "plan_for_patient": ("lang",),
    "rules": ("on",),
    "rules_code": ("on", "at"),
    "tasks": ("who", "show"),
    "time_waiting": ("page",),
    "account_login": ("next", "idle"),
}
SAYS = {
    "date": "2026-03-02", "time": "09:10", "number": "1", "email": "new@elm.example",
    "checkbox": "on", "tel": "7405550100",
}  # fmt: skip


@dataclass
class Form:
    """A form as its page sends it, with every field filled; `buttons` are sent one at a time."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of a page that write."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form" and given.get("method", "").lower() == "post":
            self._form = Form(given.get("action") or self.page)
            self.found.append(self._form)
        elif self._form is None:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            self._form.fields.setdefault(self._select, [value])
        elif tag == "button" and name:
            self._form.buttons[name] = value
        elif tag in {"input", "textarea"} and name and name != "csrfmiddlewaretoken":
            self._field(self._form, name, value, given.get("type", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _field(self, form: Form, name: str, value: str, kind: str) -> None:
        values = form.fields.setdefault(name, [])
        if kind != "radio" or not values:
            values.append(value or SAYS.get(kind, "Some plain words"))
        if kind == "date":
            form.days.add(name)


@pytest.fixture
def everything(client: Client, elm: Practice, trail: object) -> Client:
    """Ana with every role, beside a patient in whom all is in order, and a draft of a plan."""
    golden = make_golden(elm)
    ana = golden.doctor
    Membership.objects.filter(practice=elm, person=ana).update(roles=[role.value for role in Role])
    start_plan(patient=golden.patient, acting_user=ana)
    client.force_login(ana)
    client.raise_request_exception = False
    client.get(reverse("more"))
    return client


def page_of(name: str) -> str:
    return address(name, Patient.objects.get()) if name in MATRIX else reverse(name)


def every_form(client: Client) -> Iterator[Form]:
    """Each form once: its fields, whatever patient and month."""
    seen = set()
    for page in [page_of(name) for name, row in MATRIX.items() if row.read]:
        answer = client.get(page)
        assert answer.status_code < 500, page
        if "html" not in answer["Content-Type"]:
            continue
        parser = Forms(page)
        parser.feed(answer.content.decode())
        for form in parser.found:
            key = (form.action, tuple(form.fields), tuple(form.buttons))
            if key not in seen:
                seen.add(key)
                yield form


def spoiled(form: Form, turn: int) -> Iterator[tuple[str, str]]:
    """Every field and button, each with the next two of the bad values; a day with bad days."""
    for place, name in enumerate([*form.fields, *form.buttons]):
        if name in form.days:
            yield from ((name, day) for day in DAYS)
        else:
            first = 2 * (turn + place)
            yield from ((name, SPOILED[(first + one) % len(SPOILED)]) for one in range(2))


def send(client: Client, elm: Practice, form: Form, name: str, value: str) -> int:
    """Post, and undo what came of it."""
    with transaction.atomic():
        enter_scope(Scope(practice_id=elm.pk))
        status = client.post(form.action, {**form.fields, name: [value]}).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.exhaustive
def test_no_form_fails(everything: Client, elm: Practice) -> None:
    wrong = [
        f"{form.action} {name}={value[:30]!r}: {status}"
        for turn, form in enumerate(list(every_form(everything)))
        for name, value in spoiled(form, turn)
        if (status := send(everything, elm, form, name, value)) >= 500
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.exhaustive
def test_no_query_fails(everything: Client) -> None:
    for name, parameters in QUERIES.items():
        page = page_of(name)
        for parameter in parameters:
            for value in MONTHS if parameter == "month" else SPOILED:
                status = everything.get(page, {parameter: value}).status_code
                assert status < 500, f"{name} {parameter}={value[:30]!r}"


@pytest.mark.exhaustive
@pytest.mark.parametrize("month", ["2000-01", "2099-12", "2026-13"])
def test_no_month_of_an_address_fails(everything: Client, month: str) -> None:
    for name in (name for name, has in ADDRESSES.items() if "month" in has):
        page = page_of(name).replace("2026-02", month)
        assert everything.get(page).status_code < 500, name
        assert everything.post(page).status_code < 500, name


def test_a_nul_is_refused_at_the_door(everything: Client) -> None:
    for name in ("patients", "chart_note", "month_approve", "account_login"):
        page = page_of(name)
        for answer in (
            everything.get(page, {"q": "a\0b"}),
            everything.post(page, {"q": "a\0b"}),
            everything.post(page, {"a\0b": "q"}),
        ):
            assert answer.status_code == 400, name
            assert "Nothing was saved by this click" in answer.content.decode()


ELSEWHERE = ("foo", "chart", "//evil.example/", "https://evil.example", "javascript:alert(1)",
             "/\\e.example", "///e.example", "\x09//e.example", "")  # fmt: skip


def test_the_theme_sends_nobody_away(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("ben")
    for wanted in ELSEWHERE:
        answer = client.post(reverse("choose_theme"), {"theme": "dark", "next": wanted})
        assert (answer.status_code, answer["Location"]) == (302, "/"), wanted


def test_a_clock_key_of_any_length_is_a_message(everything: Client) -> None:
    answer = everything.post(page_of("clock_open"), {"key": f"tab:{DIGITS}"})
    assert answer.status_code == 302


def test_a_count_of_lines_of_any_length_adds_one(everything: Client) -> None:
    answer = everything.post(page_of("plan_edit"), {"add": "1", "row-TOTAL_FORMS": DIGITS})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host", ["127.0.0.1.evil.example", "127.0.0.1@evil.example", "127.0.0.1:x"]
)
def test_a_strange_host_is_not_redirected_to(client: Client, elm: Practice, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400
