"""Sending a decided claim to the second payer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from steadwell.claims.access import SENDS
from steadwell.claims.answered.access import answered_claim
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.services.second import send_to_second_payer
from steadwell.claims.views.answers import claim_page
from steadwell.common.http import SignedInRequest
from steadwell.practices.access import for_members


@require_POST
@for_members(*SENDS)
def claim_second(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Write it, or say everything that is in the way."""
    claim = answered_claim(request.practice, claim_id)
    claim.practice = request.practice
    try:
        sent = send_to_second_payer(claim=claim, acting_user=request.user)
    except ClaimsRefused as refusal:
        return claim_page(request, claim, {"refusal": refusal}, status=422)
    return redirect("claim", sent.public_id)
