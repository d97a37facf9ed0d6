from __future__ import annotations

from pathlib import Path

import pytest

from lovdata_ingest.check import check
from tests.conftest import ACTS, COMMENCEMENT, GAZETTE_1982, GAZETTE_2001, GAZETTE_2025, real

FILES = {ACTS: 755, GAZETTE_1982: 1383, GAZETTE_2001: 2882, COMMENCEMENT: 2267, GAZETTE_2025: 1325}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_archive_loses_or_doubles_a_character_or_an_id(path: Path) -> None:
    result = check([real(path)])
    assert (result.failed, result.lost_characters, result.doubled_characters) == ((), 0, 0)
    assert result.ids_reproduced == result.ids_expected > 0
    assert result.documents == FILES[path]
    if path == ACTS:
        assert (result.sections, result.empty) == (28514, ())
