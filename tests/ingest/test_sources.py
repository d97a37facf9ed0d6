from __future__ import annotations

import bz2
import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lovdata_ingest.sources import SourceError, Unread, read_documents, read_files
from tests.conftest import GAZETTE_1982, act_xml, real, section_xml


def numbered(number: int) -> bytes:
    return act_xml(section_xml("1", "Eieren skal merke stien."), refid=f"lov/2001-01-01-{number}")


def tar(*names: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        folder = tarfile.TarInfo("nl")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for number, name in enumerate(names, 1):
            data = b"" if name.endswith("empty.xml") else numbered(number)
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def refids(*paths: Path, **options: int) -> list[str]:
    return [document.refid for document in read_documents(paths, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", bytes),
        ("a.tar.gz", gzip.compress),
        ("a.tar.bz2", bz2.compress),
        ("no-suffix-that-helps", bz2.compress),
    ],
)
def test_an_archive_is_read_by_its_content_in_its_order(
    name: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(tar("nl/b.xml", "nl/a.xml", "nl/README.txt")))
    assert refids(path) == ["lov/2001-01-01-1", "lov/2001-01-01-2"]


def test_a_folder_is_read_by_name_hidden_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "b.xml").write_bytes(numbered(2))
    (tmp_path / "in" / "a.xml").write_bytes(numbered(1))
    (tmp_path / ".a.tar.part").write_bytes(b"half")
    (tmp_path / ".c.xml").write_bytes(b"half")
    (tmp_path / "z.tar").write_bytes(tar("nl/x.xml"))
    assert refids(tmp_path) == ["lov/2001-01-01-2", "lov/2001-01-01-1", "lov/2001-01-01-1"]


def test_a_document_says_where_it_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar("nl/nl-20010101-001.xml"))
    (document,) = read_documents([path])
    assert (document.name, document.source) == ("nl-20010101-001", f"{path}!nl/nl-20010101-001.xml")


def test_empty_files_are_reported_as_empty_and_fail_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar("nl/empty.xml", "nl/a.xml"))
    unread: list[Unread] = []
    assert [document.refid for document in read_documents([path], on_unread=unread.append)] == ["lov/2001-01-01-2"]
    assert [(one.name, one.kind) for one in unread] == [("empty", "empty")]
    assert refids(path) == ["lov/2001-01-01-2"]


def test_two_processes_give_the_same_documents_in_the_same_order(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar(*(f"nl/{number}.xml" for number in range(40))))
    assert list(read_documents([path], processes=2)) == list(read_documents([path]))


def test_two_processes_report_what_one_does(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(numbered(1))
    (tmp_path / "b.xml").write_bytes(b"<p>nothing</p>")
    found: list[Unread] = []
    assert len(list(read_documents([tmp_path], processes=2, on_unread=found.append))) == 1
    assert [(one.name, one.kind) for one in found] == [("b", "failed")]


def test_the_reading_can_be_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar(*(f"nl/{number}.xml" for number in range(40))))
    for processes in (1, 2):
        assert next(iter(read_documents([path], processes=processes))).refid == "lov/2001-01-01-1"


def test_a_missing_source_is_an_error_that_carries_its_path(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        refids(tmp_path / "borte.tar")
    assert caught.value.path == tmp_path / "borte.tar"


def test_the_seven_empty_files_of_1982_to_2000_are_reported() -> None:
    empty: list[Unread] = []
    files = sum(1 for _ in read_files([real(GAZETTE_1982)], on_empty=empty.append))
    assert (files, len(empty)) == (1376, 7)
