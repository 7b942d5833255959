"""The practice itself."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from steadwell.common.http import SignedInRequest
from steadwell.practices import services
from steadwell.practices.forms import ProfileForm
from steadwell.practices.selectors import profile_of
from steadwell.practices.views.pages import answer, sent, settings_page, show


@settings_page
def profile(request: SignedInRequest) -> HttpResponse:
    """What payers and patients are told."""
    practice = request.practice
    found = profile_of(practice)
    form = ProfileForm(
        sent(request), practice=practice, instance=found, initial={"kind": practice.kind}
    )
    return answer(
        request,
        form,
        save=lambda: services.change_profile(
            practice=practice, values=form.cleaned_data, acting_user=request.user
        ),
        done="The practice is saved.",
        then="settings_practice",
        page=partial(show, request, "profile", "practice", {"form": form, "profile": found}),
    )


@settings_page
@require_POST
def confirm_license(request: SignedInRequest) -> HttpResponse:
    """Somebody says that the practice may use CPT codes."""
    services.confirm_cpt_license(practice=request.practice, acting_user=request.user)
    messages.success(request, "The CPT license is confirmed, with your name and today's date.")
    return redirect("settings_practice")
