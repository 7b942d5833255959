"""What is said to a patient before the yes: by language, with a version and its date."""

from steadwell.enrollment.wording.script import (
    LANGUAGES,
    POINTS,
    Point,
    Script,
    Speaker,
    script_in,
    scripts,
)

__all__ = ["LANGUAGES", "POINTS", "Point", "Script", "Speaker", "script_in", "scripts"]
