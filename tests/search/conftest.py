"""The words of the real guide, read once for all tests of search."""

import pytest

from wizard.config import ROOT
from wizard.guide.load import load_guide
from wizard.search.index import Index, build_index


@pytest.fixture(scope="session")
def index() -> Index:
    return build_index(load_guide(ROOT / "data" / "lillesand"))
