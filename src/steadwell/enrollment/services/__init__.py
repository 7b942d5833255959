"""Every write of enrollment."""

from steadwell.enrollment.services.sweep import newest_sweep, refresh_candidate, run_sweep

__all__ = ["newest_sweep", "refresh_candidate", "run_sweep"]
