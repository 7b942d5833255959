"""A file of answers of any kind: which kind it is, ST01 says."""

from dataclasses import dataclass

from steadwell.wire.x12.answers.ack_999 import SetAcknowledgment, read_999
from steadwell.wire.x12.answers.balance import unbalanced
from steadwell.wire.x12.answers.envelope import read_transactions
from steadwell.wire.x12.answers.faults import AnswerFault, AnswerNotReadable, refuse
from steadwell.wire.x12.answers.read_835 import read_835
from steadwell.wire.x12.answers.remittance_835 import Remittance
from steadwell.wire.x12.answers.status_277ca import ClaimStatus, read_277ca

KINDS = {"999": "999", "277": "277CA", "835": "835"}
SAID = 20  # faults of one file that are said; a damaged file has thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """One kind, and of the three what the file holds of it."""

    kind: str
    acknowledgments: tuple[SetAcknowledgment, ...] = ()
    statuses: tuple[ClaimStatus, ...] = ()
    remittances: tuple[Remittance, ...] = ()


def read_answer_file(text: str) -> AnswerFile:
    """The whole file, or nothing of it. A remittance that does not add up is refused.

    Raises:
        AnswerNotReadable: with every fault where sums are off, else with the first.
    """
    transactions = read_transactions(text)
    kinds = {one.kind for one in transactions}
    if len(kinds) > 1:
        raise refuse("ST", 0, "The file mixes several kinds of answers. Send each by itself.")
    (kind,) = kinds
    if kind not in KINDS:
        raise transactions[0].opening.refuse("Only 999, 277CA and 835 files are read here.", kind)
    if kind == "999":
        sets = tuple(found for one in transactions for found in read_999(one))
        return AnswerFile(kind=KINDS[kind], acknowledgments=sets)
    if kind == "277":
        statuses = tuple(found for one in transactions for found in read_277ca(one))
        return AnswerFile(kind=KINDS[kind], statuses=statuses)
    remittances = tuple(read_835(one) for one in transactions)
    faults: list[AnswerFault] = [fault for one in remittances for fault in unbalanced(one)]
    if faults:
        raise AnswerNotReadable(faults[:SAID])
    return AnswerFile(kind=KINDS[kind], remittances=remittances)
