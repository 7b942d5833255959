"""Every address. An address that is not here does not exist."""

from django.urls import include, path

from steadwell.site import views
from steadwell.site.platform.views import platform, platform_open

urlpatterns = [
    path("accounts/", include("steadwell.site.accounts_urls")),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("practice/", views.switch_practice, name="switch_practice"),
    path("no-practice/", views.no_practice, name="no_practice"),
    path("platform/", platform, name="platform"),
    path("platform/open/", platform_open, name="platform_open"),
    path("home/", views.home, name="home"),
    path("more/", views.more, name="more"),
    path("healthz", views.health, name="health"),
    path("", include("steadwell.outreach.urls")),
    path("", include("steadwell.patients.urls")),
    path("", include("steadwell.enrollment.urls")),
    path("", include("steadwell.careplans.urls")),
    path("", include("steadwell.timekeeping.urls")),
    path("", include("steadwell.billing.urls")),
    path("", include("steadwell.claims.urls")),
    path("", include("steadwell.handbook.urls")),
    path("settings/", include("steadwell.practices.urls")),
]

handler403 = "steadwell.site.views.forbidden"
handler404 = "steadwell.site.views.not_found"
handler500 = "steadwell.site.views.failed"
