"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("billing","0001_initial"),("timekeeping","0002_protect"),("enrollment","0002_protect")]
    operations = [
        TenantTable("Attestation"),
        TenantTable("LaneElection"),
        TenantTable("InitialAssessment"),
        TenantTable("ClaimedElsewhere"),
        TenantTable("PatientStatus"),
        TenantTable("ApprovalWithdrawal"),
        TenantTable("MonthApproval"),
        TenantTable("MonthReopening"),
        TenantTable("MonthClose"),
        AppendOnly("Attestation"),
        AppendOnly("LaneElection"),
        AppendOnly("InitialAssessment", updatable=("taken_back_at", "taken_back_by_id")),
        AppendOnly("ClaimedElsewhere", updatable=("taken_back_at", "taken_back_by_id")),
        AppendOnly("ApprovalWithdrawal"),
        AppendOnly("MonthReopening"),
        AppendOnly("MonthApproval", updatable=("withdrawn_by_id",)),
        AppendOnly("MonthClose", updatable=("claims_written_at", "reopened_by_id")),

    ]
