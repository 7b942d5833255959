"""The addresses of what came back."""

from django.urls import path

from steadwell.claims.views import answers, second

urlpatterns = [
    path("claims/all/", answers.claim_list, name="claim_list"),
    path("claims/came-back/", answers.claim_came_back, name="claim_came_back"),
    path("claims/claim/<uuid:claim_id>/", answers.claim, name="claim"),
    path("claims/claim/<uuid:claim_id>/second/", second.claim_second, name="claim_second"),
    path("claims/read/", answers.answer_read, name="answer_read"),
    path("claims/remittances/", answers.remittances, name="remittances"),
    path("claims/remittances/<uuid:remittance_id>/", answers.remittance, name="remittance"),
    path("claims/unmatched/", answers.unmatched, name="unmatched"),
    path("claims/unmatched/<uuid:line_id>/", answers.unmatched_place, name="unmatched_place"),
    path("claims/postings/<uuid:posting_id>/undo/", answers.posting_undo, name="posting_undo"),
]
