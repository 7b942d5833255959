"""Which room does which kind of work: chosen here, as the ledger knows none of them."""

from typing import Final

from steadwell.billing.services import APPROVE, approve_part
from steadwell.jobs.services import Handler

HANDLERS: Final[dict[str, Handler]] = {APPROVE: approve_part}
