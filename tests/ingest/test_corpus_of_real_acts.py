from __future__ import annotations

import bz2
import time

from lovdata_ingest.corpus import load
from tests.conftest import ACTS, real


def test_old_names_and_numbers_lead_to_todays_in_the_real_acts() -> None:
    corpus = load([real(ACTS)])
    found = corpus.find("barnevernloven § 6-4")
    assert [str(one) for one in found.addresses] == ["lov/2021-06-18-97/§13-2", "lov/2021-06-18-97/§13-4"]
    assert found.match.replaced is not None
    found = corpus.find("opplæringslova § 4A-14")
    assert [str(one) for one in found.addresses] == ["lov/2023-06-09-30/§24-1/ledd/6"]
    assert len(corpus.chosen()) == 14
    assert corpus.match("forvaltningsloven").refid == "lov/1967-02-10"  # the one of 2025 is not in force
    assert corpus.get("lov/1814-05-17", language="nn").name.endswith("-nn")


def test_from_the_cache_all_acts_are_there_within_the_time_that_unpacking_takes() -> None:
    path = real(ACTS)
    load([path])
    start = time.process_time()
    bz2.decompress(path.read_bytes())
    floor = time.process_time() - start
    start = time.process_time()
    assert sum(1 for _ in load([path]).documents()) == 755
    assert time.process_time() - start < floor
