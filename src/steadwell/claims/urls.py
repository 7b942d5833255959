from django.urls import path

from steadwell.claims import answer_urls, views

DETAILS = "patients/<uuid:patient_id>/claim-details/"
PACKET = "patients/<uuid:patient_id>/billing/<month:month>"

urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/<month:month>/write/", views.claims_write, name="claims_write"),
    path("claims/<month:month>/superbill.csv", views.claims_superbill, name="claims_superbill"),
    path("claims/files/<uuid:file_id>/", views.claim_file, name="claim_file"),
    path(
        "claims/files/<uuid:file_id>/download/",
        views.claim_file_download,
        name="claim_file_download",
    ),
    path(DETAILS, views.claim_details, name="claim_details"),
    path(f"{DETAILS}signature/", views.claim_signature, name="claim_signature"),
    path(f"{DETAILS}diagnosis/", views.claim_diagnosis, name="claim_diagnosis"),
    path(f"{PACKET}/packet.pdf", views.packet, name="packet"),
    path(f"{PACKET}/packet.json", views.packet_data, name="packet_data"),
    *answer_urls.urlpatterns,
]
