"""The order of the day: who needs something, why, what to do next; and how the month will end.

Pure: facts in, order and words out. `order` holds the written order, in one function.
"""

from steadwell.outreach.worklist.facts import Escalated, Facts, from_json, to_json
from steadwell.outreach.worklist.needs import Need, need_of, reasons_of
from steadwell.outreach.worklist.order import Reason, first_reason, holds_until, order_of
from steadwell.outreach.worklist.risk import Risk, RiskFacts, risk_of

__all__ = [
    "Escalated",
    "Facts",
    "Need",
    "Reason",
    "Risk",
    "RiskFacts",
    "first_reason",
    "from_json",
    "holds_until",
    "need_of",
    "order_of",
    "reasons_of",
    "risk_of",
    "to_json",
]
