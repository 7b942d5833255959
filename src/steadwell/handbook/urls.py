from django.urls import path

from steadwell.handbook import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/codes/<slug:code>/", views.rules_code, name="rules_code"),
    path("rules/try/", views.rules_try, name="rules_try"),
    path("rules/try/text/", views.rules_try_text, name="rules_try_text"),
]
