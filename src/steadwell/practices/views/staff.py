"""Who works here, and whose minutes count."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.practices import services
from steadwell.practices.access import membership_for
from steadwell.practices.forms import (
    CredentialRuleForm,
    EndForm,
    InvitationForm,
    MemberForm,
)
from steadwell.practices.invitations import send_invitation, what_became_of_it
from steadwell.practices.models import Membership, Practice, StaffCredential
from steadwell.practices.selectors import (
    credential_rules,
    former_members_of,
    members_of,
    practitioners_for,
)
from steadwell.practices.services.rights import other_managers, who_may_change
from steadwell.practices.views.pages import answer, sent, settings_page, show


@settings_page
def staff(request: SignedInRequest) -> HttpResponse:
    return _staff_page(request, rule_forms(request.practice))


def _staff_page(
    request: SignedInRequest, forms: list[CredentialRuleForm], *, status: int = 200
) -> HttpResponse:
    practice = request.practice
    context = {
        "members": members_of(practice),
        "former": former_members_of(practice),
        "rule_forms": forms,
        "labels": dict(StaffCredential.choices),
    }
    return show(request, "staff", "staff", context, status=status)


@settings_page
def invite(request: SignedInRequest) -> HttpResponse:
    """Somebody new: a membership from today, and a message with how to get in."""
    form = InvitationForm(
        sent(request),
        practice=request.practice,
        practitioners=practitioners_for(request.practice, None),
    )

    @transaction.atomic
    def save() -> None:
        membership = services.invite_member(
            practice=request.practice, acting_user=request.user, **form.cleaned_data
        )
        send_invitation(request, membership)

    return answer(
        request,
        form,
        save=save,
        done=what_became_of_it(),
        then="settings_staff",
        page=partial(show, request, "invite", "staff", {"form": form}),
    )


@settings_page
@require_POST
def invitation(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The message once more."""
    there = membership_for(request, public_id)
    try:
        send_invitation(request, there)
    except Refusal as no:
        messages.error(request, str(no))
    else:
        messages.success(request, what_became_of_it())
    return redirect("settings_staff")


@settings_page
def member(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Rights and credential of one person."""
    there = membership_for(request, public_id)
    form = _member_form(request, there, data=sent(request))
    return answer(
        request,
        form,
        save=lambda: services.change_member(
            membership=there, acting_user=request.user, **form.cleaned_data
        ),
        done=f"{there.person.full_name}: saved. It holds from the next click on.",
        then="settings_staff",
        page=partial(
            show,
            request,
            "member",
            "staff",
            {
                "form": form,
                "there": there,
                "end_form": _end_form(request),
                "locked": _why_locked(request, there),
            },
        ),
    )


@settings_page
@require_POST
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The last day of somebody who leaves."""
    there = membership_for(request, public_id)
    form = _end_form(request, data=request.POST)
    member_form = _member_form(request, there)
    return answer(
        request,
        form,
        save=lambda: services.end_membership(
            membership=there, acting_user=request.user, **form.cleaned_data
        ),
        done=f"{there.person.full_name}: the last day is kept.",
        then="settings_staff",
        page=partial(
            show,
            request,
            "member",
            "staff",
            {
                "form": member_form,
                "there": there,
                "end_form": form,
                "locked": _why_locked(request, there),
            },
        ),
    )


def _member_form(
    request: SignedInRequest, there: Membership, *, data: QueryDict | None = None
) -> MemberForm:
    practitioners = practitioners_for(request.practice, there.person)
    mine = next((one for one in practitioners if one.person_id == there.person_id), None)
    form = MemberForm(
        data,
        practice=request.practice,
        practitioners=practitioners,
        initial={"roles": there.roles, "credential": there.credential, "practitioner": mine},
    )
    if _why_locked(request, there) and data is None:
        for field in form.fields.values():
            field.disabled = True
    return form


def _why_locked(request: SignedInRequest, there: Membership) -> str:
    """In words, why the rights shown cannot be changed by who looks at them; "" where they can."""
    if there.person_id != request.user.pk:
        return ""
    return f"These are your own rights. {who_may_change(other_managers(there))}"


def _end_form(request: SignedInRequest, *, data: QueryDict | None = None) -> EndForm:
    return EndForm(
        data,
        practice=request.practice,
        initial={"last_day": today_in(request.practice.zone)},
    )


@settings_page
@require_POST
def credentials(request: SignedInRequest) -> HttpResponse:
    """One row of the table: how the time of a credential counts."""
    credential = request.POST.get("credential", "")
    forms = rule_forms(request.practice, request, credential)
    form = next((one for one in forms if one.prefix == credential), None)
    if form is None:
        return redirect("settings_staff")
    return answer(
        request,
        form,
        save=lambda: services.set_credential_rule(
            practice=request.practice,
            credential=credential,
            acting_user=request.user,
            **form.cleaned_data,
        ),
        done=f"{StaffCredential(credential).label}: saved for minutes from now on.",
        then="settings_staff",
        page=partial(_staff_page, request, forms),
    )


def rule_forms(
    practice: Practice, request: SignedInRequest | None = None, sent: str = ""
) -> list[CredentialRuleForm]:
    """A small form for each credential, filled from the practice's table; `sent` is bound."""
    rules = credential_rules(practice)
    return [
        CredentialRuleForm(
            request.POST if request and credential == sent else None,
            practice=practice,
            prefix=credential,
            initial={"counting": rules[credential].counting, "clock": rules[credential].clock}
            if credential in rules
            else {},
        ).of(label, is_there=credential in rules)
        for credential, label in StaffCredential.choices
    ]
