"""What tests of imports share."""

import pytest
from django.conf import LazySettings

from steadwell.patients.services import import_fhir
from steadwell.patients.tests.exports import Import
from steadwell.practices.models import Practice


@pytest.fixture
def bring_in(
    elm: Practice, settings: LazySettings, tmp_path_factory: pytest.TempPathFactory
) -> Import:
    """Import a path into Elm Street Clinic."""
    settings.VAR = tmp_path_factory.mktemp("var")
    return lambda path: import_fhir(path, practice=elm)
