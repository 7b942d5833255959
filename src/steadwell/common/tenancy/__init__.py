"""Whose rows a transaction may see.

PostgreSQL's row-level security enforces it; these functions only say for whom the
transaction is. Two settings, set by a literal `SET LOCAL` inside the transaction:
`set_config()` is not propagated by Citus, and a session-wide SET leaks through a pooler.
"""

from steadwell.common.tenancy.scope import (
    SCOPE_COLUMNS,
    Scope,
    current_scope,
    enter_scope,
    for_each_practice,
    practice_scope,
)

__all__ = [
    "SCOPE_COLUMNS",
    "Scope",
    "current_scope",
    "enter_scope",
    "for_each_practice",
    "practice_scope",
]
