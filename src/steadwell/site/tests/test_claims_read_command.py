"""`steadwell claims read`, with real commits."""

from pathlib import Path

from click.testing import CliRunner, Result

from steadwell.claims.models import Answer, Claim, Posting
from steadwell.claims.tests.approved import committed_practice
from steadwell.common.tenancy import practice_scope
from steadwell.site.cli.main import main
from steadwell.wire.tests.answers_x12 import an_835, clp, remit, svc


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_what_was_written_is_paid_and_a_refused_file_leaves_nothing(
    committed_db: str, tmp_path: Path
) -> None:
    practice = committed_practice(2)
    run("claims", "write", "2026-02", "--practice", "elm", "--out", tmp_path / "out")
    with practice_scope(practice_id=practice.pk):
        numbers = [claim.control_number for claim in Claim.objects.order_by("pk")]
    paid = [
        clp(one, "95", "65", svc("99490", "95", "65", "CO*45*30", number=f"{one}-1"))
        for one in numbers
    ]
    good, bad = tmp_path / "good.835", tmp_path / "bad.835"
    good.write_text(an_835(remit(*paid)))
    bad.write_text(an_835(remit(*paid, trace="EFT2", amount="131")))
    result = run("claims", "read", bad, good, "--practice", "elm")
    assert result.exit_code == 1
    assert "off by 1.00" in result.output
    assert "1 payment with 2 claims and $130.00 paid" in result.output
    assert "2 lines posted, 0 waiting" in result.output
    again = run("claims", "read", good, "--practice", "elm")
    assert again.exit_code == 0
    assert "read before" in again.output
    with practice_scope(practice_id=practice.pk):
        assert (Answer.objects.count(), Posting.objects.count()) == (1, 2)
