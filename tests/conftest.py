"""Where the real law lies, and an invented act for everything that needs none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lovdata_ingest.model import Document
from lovdata_ingest.xml_reader import read_xml

# A busy machine is no fault of the program: no test of any input fails for its pace.
settings.register_profile("any pace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any pace")

SHARED = Path(__file__).resolve().parents[2] / "shared"
LOVDATA = SHARED / "lovdata"

ACTS = LOVDATA / "gjeldende-lover.tar.bz2"
GAZETTE_1982 = LOVDATA / "lovtidend-avd1-1982-2000-lover.tar.bz2"
GAZETTE_2001 = LOVDATA / "lovtidend-avd1-2001-2024-lover.tar.bz2"
COMMENCEMENT = LOVDATA / "lovtidend-avd1-2001-2024-ikraft.tar.bz2"
GAZETTE_2025 = LOVDATA / "lovtidend-avd1-2025.tar.bz2"


def real(path: Path) -> Path:
    """A file of the real data; the test is skipped, with the reason, where it is missing."""
    if not path.exists():
        pytest.skip(f"needs the real data: {path} is missing")
    return path


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One cache folder for the whole test run, and no source but the one a test names: what it fetched goes after it."""
    cache = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(cache))
    monkeypatch.delenv("PLIKTGRAF_LOVDATA", raising=False)
    yield
    shutil.rmtree(cache / "lovdata", ignore_errors=True)


def act_xml(
    body: str, *, refid: str = "lov/2001-01-01-1", fields: str = "", short_title: str = "Stiloven – stil"
) -> bytes:
    """An invented act in Lovdata's XML with *body* as its text."""
    return (
        "<!DOCTYPE html><html lang='no'><head><title>Lov om stier</title></head><body>"
        "<header class='documentHeader'><dl class='data-document-key-info'>"
        f"<dt class='dokid'>DokumentID</dt><dd class='dokid'>NL/{refid}</dd>"
        f"<dt class='titleShort'>Korttittel</dt><dd class='titleShort'>{short_title}</dd>"
        "<dt class='title'>Tittel</dt><dd class='title'>Lov om stier (stiloven)</dd>"
        f"{fields}<dt class='refid'>RefID</dt><dd class='refid'>{refid}</dd></dl></header>"
        f"<main class='documentBody' data-lovdata-URL='NL/{refid}' id='dokument'><h1>Lov om stier</h1>{body}</main>"
        "</body></html>"
    ).encode()


def section_xml(number: str, *ledd: str, title: str = "Merking", refid: str = "lov/2001-01-01-1") -> str:
    """A section in Lovdata's XML with its ledd."""
    name = "§" + number.replace(" ", "")
    return (
        f"<article class='legalArticle' data-lovdata-URL='NL/{refid}/{name}' data-name='{name}'>"
        f"<h3 class='legalArticleHeader'><span class='legalArticleValue'>§ {number}</span>. "
        f"<span class='legalArticleTitle'>{title}</span></h3>"
        + "".join(f"<article class='legalP'>{words}</article>" for words in ledd)
        + "</article>"
    )


def act(body: str, **header: str) -> Document:
    """An invented act, read."""
    return read_xml(act_xml(body, **header), name="stiloven")


def list_xml(*items: tuple[str, str]) -> str:
    """A list in the XML of the consolidated acts: the label is an attribute, not text."""
    return (
        "<ol class='defaultList' type='a'>"
        + "".join(
            f"<li data-name='{label}'><article class='listArticle'><article class='legalP'>"
            f"{words}</article></article></li>"
            for label, words in items
        )
        + "</ol>"
    )
