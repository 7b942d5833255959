"""Loading what CMS publishes anew: fees and edits, checked whole before a line of it is kept."""

from steadwell.rules.loading.edits import load_edits
from steadwell.rules.loading.faults import LoadFault, LoadRefused
from steadwell.rules.loading.fees import load_fees
from steadwell.rules.loading.folder import Loaded

__all__ = ["LoadFault", "LoadRefused", "Loaded", "load_edits", "load_fees"]
