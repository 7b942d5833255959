"""Today."""

from django.http import HttpResponse

from steadwell.common.http import SignedInRequest
from steadwell.practices.access import for_members


@for_members()
def today(request: SignedInRequest) -> HttpResponse:
    return HttpResponse("")
