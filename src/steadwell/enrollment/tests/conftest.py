"""A chart with everything the sweep asks for."""

import pytest

from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient


@pytest.fixture
def chart(patient: Patient) -> charts.Rows:
    return charts.complete(patient)
