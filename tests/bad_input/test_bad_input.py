"""One broken file per mistake, named after it: one clear message, exit status 2, nothing half-written."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from lovdata_ingest.corpus import load
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.search import search
from lovdata_ingest.sources import read_documents
from tests.conftest import act_xml, section_xml

FILES = Path(__file__).parent / "files"
GOOD = act_xml(section_xml("1", "Eieren skal merke stien."))


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """The command line in this process: exit status, standard output, standard error."""
    monkeypatch.setattr(sys, "argv", ["pliktgraf", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(folder))
    return folder


def kept(cache: Path) -> list[str]:
    return sorted(str(file.relative_to(cache)) for file in cache.rglob("*") if file.is_file())


WORDS = {
    "binary.xml": ["not well-formed XML"],
    "cut-short.xml": ["not well-formed XML", "cut short"],
    "empty-act.xml": ["lov/2001-01-01-1", "not a single word"],
    "empty-file.xml": ["no bytes"],
    "entity-bomb.xml": ["declares XML entities"],
    "external-dtd.xml": ["document type elsewhere", "stier.dtd"],
    "external-entity.xml": ["declares XML entities"],
    "latin-1-said-to-be-utf-8.xml": ["not well-formed XML", "encoding"],
    "no-act.html": ["no date and number"],
    "no-act.xml": ["main.documentBody", "expected an act or regulation"],
    "no-header.xml": ["no refid", "lov/2005-06-17-64"],
    "only-spaces.xml": ["empty"],
    "plain-text.xml": ["not well-formed XML"],
    "refid-that-is-none.xml": ["no refid", "stiloven"],
}


def test_there_is_a_test_for_each_broken_file() -> None:
    assert sorted(WORDS) == sorted(file.name for file in FILES.iterdir())


@pytest.mark.parametrize("name", WORDS)
def test_a_broken_document_ends_a_command_with_one_message(
    name: str, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = run(capsys, monkeypatch, "search", "sti", "--source", str(FILES / name))
    assert (status, out) == (2, "")
    for word in [name.partition(".")[0], *WORDS[name]]:
        assert word in err
    assert "Traceback" not in err
    assert "root:" not in err  # of /etc/passwd
    assert kept(cache) == []


def test_a_broken_document_stops_no_archive_and_is_told_of(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "three.tar"
    bad = (FILES / "no-act.xml").read_bytes()
    path.write_bytes(tar(("nl/a.xml", GOOD), ("nl/no-act.xml", bad), ("nl/empty-file.xml", b"")))
    with pytest.warns(UserWarning, match=r"1 of 2 files could not be read and are left out: no-act: .*documentBody"):
        corpus = load([path])
    assert [entry.refid for entry in corpus.entries] == ["lov/2001-01-01-1"]
    assert [(unread.name, unread.kind) for unread in corpus.unread] == [
        ("empty-file", "empty"),
        ("no-act", "failed"),
    ] or [(unread.name, unread.kind) for unread in corpus.unread] == [("no-act", "failed"), ("empty-file", "empty")]
    with pytest.raises(LovdataError, match="documentBody"):
        list(read_documents([path]))


# --- archives ---------------------------------------------------------------------------------------------------------


def tar(*members: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
                continue
            info = tarfile.TarInfo(member[0])
            info.size = len(member[1])
            archive.addfile(info, io.BytesIO(member[1]))
    return packed.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def several() -> bytes:
    """Acts that do not pack to nothing."""
    words = [" ".join(f"sti{(number * step) % 9973}" for step in range(400)) for number in range(1, 60)]
    return tar(
        *((f"nl/{n}.xml", act_xml(section_xml("1", w), refid=f"lov/2001-01-01-{n}")) for n, w in enumerate(words, 1))
    )


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 64]) + data[middle + 64 :]


def huge_claim() -> bytes:
    """A member whose header claims a terabyte."""
    member = tarfile.TarInfo("nl/huge.xml")
    member.size = 2**40
    return member.tobuf(tarfile.GNU_FORMAT) + b"<" * 20480


ARCHIVES: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "truncated.tar": (lambda: several()[:100_000], ["cut short or corrupt", "Fetch it again"]),
    "truncated-between-members.tar": (lambda: tar(("nl/a.xml", GOOD))[:-10240] + tar(("nl/a.xml", GOOD))[:2048],
                                      ["cut short"]),
    "truncated.tar.bz2": (lambda: bz2.compress(several())[:-2000], ["cut short or corrupt", "Fetch it again"]),
    "truncated.tar.gz": (lambda: gzip.compress(several())[:-2000], ["cut short or corrupt", "Fetch it again"]),
    "corrupt.tar.bz2": (lambda: flipped(bz2.compress(several())), ["cut short or corrupt", "Fetch it again"]),
    "corrupt.tar.gz": (lambda: flipped(gzip.compress(several())), ["cut short or corrupt", "Fetch it again"]),
    "wrong-checksum.tar.gz": (lambda: gzip.compress(several())[:-8] + b"\0" * 8, ["cut short or corrupt"]),
    "empty.tar.bz2": (lambda: b"", ["the file is empty"]),
    "page.tar.bz2": (lambda: b"<!DOCTYPE html><html>Logg inn</html>", ["web page"]),
    "zip.tar.bz2": (lambda: b"PK\x03\x04" + b"\0" * 600, ["zip archive"]),
    "no-archive.tar.bz2": (lambda: b"Eieren skal merke stien. " * 100, ["neither an archive"]),
    "no-document.tar": (lambda: tar(("nl/README", b"x")), ["no document could be read"]),
    "parent-member.tar": (lambda: tar(("nl/../../utenfor.xml", GOOD)), ["unsafe archive", "utenfor.xml", "points out of it"]),
    "absolute-member.tar": (lambda: tar(("/etc/utenfor.xml", GOOD)), ["unsafe archive", "points out of it"]),
    "backslash-member.tar": (lambda: tar(("..\\utenfor.xml", GOOD)), ["unsafe archive", "points out of it"]),
    "symbolic-link.tar": (lambda: tar(special("nl/a.xml", tarfile.SYMTYPE, "/etc/passwd")), ["unsafe archive", "/etc/passwd"]),
    "hard-link.tar": (lambda: tar(special("nl/a.xml", tarfile.LNKTYPE, "../b")), ["unsafe archive", "is a link"]),
    "character-device.tar": (lambda: tar(special("nl/a.xml", tarfile.CHRTYPE)), ["unsafe archive", "device"]),
    "block-device.tar": (lambda: tar(special("nl/a.xml", tarfile.BLKTYPE)), ["unsafe archive", "device"]),
    "fifo.tar": (lambda: tar(special("nl/a.xml", tarfile.FIFOTYPE)), ["unsafe archive", "device"]),
    "huge-member.tar": (huge_claim, ["huge.xml", "claims", "MiB"]),
    "bomb.tar.gz": (lambda: gzip.compress(tar(("nl/bomb.xml", bytes(2**21)), ("nl/two.xml", bytes(2**21)))),
                    ["decompression bomb"]),
    "bomb-in-passed-over-members.tar.bz2": (lambda: bz2.compress(tar(*((f"x{n}.bin", bytes(2**20)) for n in range(4)))),
                                            ["decompression bomb"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_broken_archive_ends_a_command_with_one_message(
    name: str, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, words = ARCHIVES[name]
    monkeypatch.setattr("lovdata_ingest.sources.MIN_TOTAL", 2**20)  # so that a bomb of some megabytes is one
    path = tmp_path / name
    path.write_bytes(make())
    status, out, err = run(capsys, monkeypatch, "search", "sti", "--source", str(path))
    assert (status, out) == (2, "")
    for word in [str(path), *words]:
        assert word in err
    assert "Traceback" not in err
    assert kept(cache) == []
    assert not (tmp_path / "utenfor.xml").exists()


def test_ingest_refuses_a_broken_archive_too(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "truncated.tar.bz2"
    path.write_bytes(bz2.compress(several())[:-2000])
    status, _, err = run(capsys, monkeypatch, "ingest", str(path), "--check")
    assert status == 2
    assert "cut short or corrupt" in err


def test_a_bomb_is_stopped_long_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    path.write_bytes(gzip.compress(tar(*((f"{n}.bin", bytes(2**24)) for n in range(6)))))
    code = f"from pathlib import Path; from lovdata_ingest.sources import read_files; list(read_files([Path({str(path)!r})]))"
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_DATA, (300 * 2**20,) * 2); {code}"
    ended = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, env=environment(tmp_path))
    assert "decompression bomb" in ended.stderr
    assert "MemoryError" not in ended.stderr


@pytest.mark.parametrize(
    ("source", "words"),
    [("finnes-ikke.tar.bz2", ["no such file"]), (".", ["no document and no archive in this folder"])],
)
def test_a_source_that_is_none_is_named(
    source: str,
    words: list[str],
    tmp_path: Path,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    status, _, err = run(capsys, monkeypatch, "search", "sti", "--source", source)
    assert status == 2
    for word in words:
        assert word in err


def test_a_source_from_the_environment_that_is_none_is_named(
    cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLIKTGRAF_LOVDATA", "/finnes/ikke")
    status, _, err = run(capsys, monkeypatch, "search", "sti")
    assert status == 2
    assert "PLIKTGRAF_LOVDATA" in err


# --- the cache --------------------------------------------------------------------------------------------------------


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.tar"
    path.write_bytes(tar(("nl/a.xml", GOOD)))
    return path


def titles(path: Path) -> list[str]:
    return [document.header.title for document in load([path]).documents()]


def the_cache_file(cache: Path) -> Path:
    (file,) = (cache / "corpus").iterdir()
    return file


def test_a_cache_of_another_version_is_made_anew(good: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("lovdata_ingest.corpus.readers_version", lambda: "of another version")
        titles(good)
        before = the_cache_file(cache).read_bytes()
    assert titles(good) == ["Lov om stier (stiloven)"]
    assert the_cache_file(cache).read_bytes() != before


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"pliktgraf corpus 0\n" + data[19:],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([255 - data[-1]]),
        lambda data: data[:-40] + b"\xc1" * 20 + data[-20:],
        lambda data: data + b"more",
    ],
    ids=["empty", "other-format", "truncated", "damaged-trailer", "damaged-index", "lengthened"],
)
def test_a_damaged_cache_is_made_anew(good: Path, cache: Path, damage: Callable[[bytes], bytes]) -> None:
    titles(good)
    file = the_cache_file(cache)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert titles(good) == ["Lov om stier (stiloven)"]
    assert file.read_bytes() == whole


def test_a_damaged_document_in_the_cache_is_read_from_the_source_again(good: Path, cache: Path) -> None:
    titles(good)
    file = the_cache_file(cache)
    data = bytearray(file.read_bytes())
    data[60] ^= 255
    file.write_bytes(data)
    with pytest.warns(UserWarning, match="damaged"):
        assert titles(good) == ["Lov om stier (stiloven)"]
    assert titles(good) == ["Lov om stier (stiloven)"]


def test_a_damaged_search_index_is_made_anew(good: Path, cache: Path) -> None:
    assert len(search(load([good]), "merke").hits) == 1
    (file,) = (cache / "search").iterdir()
    file.write_bytes(b"SQLite format 3\0" + b"x" * 4000)
    assert len(search(load([good]), "merke").hits) == 1


def test_a_changed_archive_is_read_anew(good: Path, cache: Path) -> None:
    titles(good)
    good.write_bytes(tar(("nl/a.xml", GOOD.replace(b"Lov om stier (stiloven)", b"Lov om veier (veiloven)"))))
    assert titles(good) == ["Lov om veier (veiloven)"]


# --- a full disk ------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_a_warning_and_the_work_goes_on(
    good: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("lovdata_ingest.cache.os.fsync", full)
    with pytest.warns(UserWarning, match=r"could not be kept .*No space left.*PLIKTGRAF_CACHE"):
        assert titles(good) == ["Lov om stier (stiloven)"]
    assert kept(cache) == []


def test_a_really_full_disk_is_a_warning_and_the_work_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small disk: {mounted.stderr.strip()}")
    try:
        monkeypatch.setenv("PLIKTGRAF_CACHE", str(disk / "cache"))
        path = tmp_path / "several.tar"
        path.write_bytes(several())
        with pytest.warns(UserWarning, match="could not be kept"):
            corpus = load([path])
        assert len(corpus) == 59
        with pytest.warns(UserWarning, match="index could not be kept"):
            assert search(corpus, "sti398", limit=3).hits
        assert kept(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_cache_folder_that_cannot_be_written_is_a_warning_and_the_work_goes_on(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PLIKTGRAF_CACHE", str(tmp_path / "a-file" / "cache"))
    with pytest.warns(UserWarning, match="could not be kept"):
        assert titles(good) == ["Lov om stier (stiloven)"]


# --- Ctrl-C -----------------------------------------------------------------------------------------------------------


def environment(cache: Path) -> dict[str, str]:
    root = str(Path(cli.__file__).parent)
    return os.environ | {"PLIKTGRAF_CACHE": str(cache), "PYTHONPATH": root}


def test_ctrl_c_ends_a_run_with_one_message_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "long.tar"
    body = section_xml("1", *(["Eieren skal merke stien."] * 200)) * 20
    acts = [(f"nl/{number}.xml", act_xml(body, refid=f"lov/2001-01-01-{number}")) for number in range(1, 120)]
    path.write_bytes(tar(*acts))
    cache = tmp_path / "cache"
    running = subprocess.Popen(
        [sys.executable, cli.__file__, "search", "sti", "--source", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(cache),
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(cache.rglob(".*.part")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(cache.rglob(".*.part")), "the run never began to write"
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, "")
    assert "avbrutt" in err
    assert "Traceback" not in err
    assert kept(cache) == []
