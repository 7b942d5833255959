from django.urls import path

from steadwell.claims import answer_urls, views
from steadwell.claims.views import after, cases, packets

DETAILS = "patients/<uuid:patient_id>/claim-details/"
PACKET = "patients/<uuid:patient_id>/billing/<month:month>"
CASE = "claims/cases/<uuid:case_id>"

urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/<month:month>/write/", views.claims_write, name="claims_write"),
    path("claims/payers/<uuid:public_id>/release/", views.payer_release, name="payer_release"),
    path("claims/<month:month>/superbill.csv", views.claims_superbill, name="claims_superbill"),
    path(
        "claims/<month:month>/superbill.pdf",
        views.claims_superbill_pdf,
        name="claims_superbill_pdf",
    ),
    path("claims/files/<uuid:file_id>/", views.claim_file, name="claim_file"),
    path(
        "claims/files/<uuid:file_id>/download/",
        views.claim_file_download,
        name="claim_file_download",
    ),
    path(DETAILS, views.claim_details, name="claim_details"),
    path(f"{DETAILS}signature/", views.claim_signature, name="claim_signature"),
    path(f"{DETAILS}policy/", views.claim_policy, name="claim_policy"),
    path(f"{DETAILS}diagnosis/", views.claim_diagnosis, name="claim_diagnosis"),
    path(
        "months/<month:month>/samples/<uuid:sample_id>/packets.zip",
        packets.sample_packets,
        name="sample_packets",
    ),
    path(f"{PACKET}/packet.pdf", views.packet, name="packet"),
    path(f"{PACKET}/packet.json", views.packet_data, name="packet_data"),
    path("claims/denials/", after.claim_denials, name="claim_denials"),
    path("claims/cases/", cases.cases, name="cases"),
    path("claims/cases/new/<slug:kind>/", cases.case_new, name="case_new"),
    path(f"{CASE}/", cases.case, name="case"),
    path(f"{CASE}/write/", cases.case_write, name="case_write"),
    path(f"{CASE}/step/", cases.case_step, name="case_step"),
    path(f"{CASE}/paper.pdf", cases.case_paper, name="case_paper"),
    path(f"{CASE}/same/", cases.case_same, name="case_same"),
    path(f"{PACKET}/claim/", after.claim_after, name="claim_after"),
    path(f"{PACKET}/claim/waive/", after.claim_waive, name="claim_waive"),
    path(f"{PACKET}/claim/<slug:kind>/", after.claim_correct, name="claim_correct"),
    path(f"{PACKET}/statement.pdf", after.claim_statement, name="claim_statement"),
    *answer_urls.urlpatterns,
]
