"""The first page of the settings: what is missing, and what that blocks."""

from django.http import HttpResponse

from steadwell.common.http import SignedInRequest
from steadwell.practices.selectors import setup_checklist
from steadwell.practices.views.pages import settings_page, show


@settings_page
def checklist(request: SignedInRequest) -> HttpResponse:
    items = setup_checklist(request.practice)
    open_items = [item for item in items if not item.done]
    return show(
        request,
        "checklist",
        "checklist",
        {
            "open_items": open_items,
            "done_items": [item for item in items if item.done],
            "total": len(items),
        },
    )
