"""Downloads from a real HTTP server on this machine that serves files as Lovdata's API does, and misbehaves on demand."""

from __future__ import annotations

import io
import json
import re
import tarfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lovdata_ingest.corpus import load
from lovdata_ingest.fetch import Downloader, FetchError
from tests.conftest import act_xml, section_xml


def archive(*names: str) -> bytes:
    """An archive with an invented act under each name, of some hundred kilobytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name in names:
            data = act_xml(section_xml("1", "Eieren skal merke stien. " * 4000))
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()


Answer = Callable[["Handler", bytes], None]


class Server(ThreadingHTTPServer):
    """What it serves, what it was asked, and the misbehaviour that is still to come."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.modified: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.faults: list[Answer] = []
        self.list_faults: list[Answer] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def serve(self, name: str, data: bytes, modified: str = "2025-11-08T02:00:00Z") -> None:
        self.files[name], self.modified[name] = data, modified

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is what the tests want; nothing to print."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Range")))
        if self.path == "/v1/publicData/list":
            listed = [
                {"filename": name, "description": "Lover", "sizeBytes": self.server.sizes.get(name, len(data)),
                 "lastModified": self.server.modified[name]}
                for name, data in self.server.files.items()
            ]  # fmt: skip
            body = json.dumps(listed).encode()
            (self.server.list_faults.pop(0) if self.server.list_faults else plain)(self, body)
            return
        data = self.server.files.get(self.path.removeprefix("/v1/publicData/get/"))
        if data is None:
            answer(self, 404, b"<html>not found</html>", "text/html")
            return
        (self.server.faults.pop(0) if self.server.faults else plain)(self, data)


def answer(handler: Handler, status: int, body: bytes, kind: str = "application/octet-stream", **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def plain(handler: Handler, data: bytes) -> None:
    """The whole file, or the part that is asked for."""
    wanted = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range") or "")
    if wanted is None:
        answer(handler, 200, data, ETag='"one"')
        return
    start = int(wanted[1])
    answer(handler, 206, data[start:], ETag='"one"', Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}")


def broken_off(handler: Handler, data: bytes) -> None:
    """The connection ends in the middle of what is asked for."""
    wanted = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range") or "")
    start = int(wanted[1]) if wanted else 0
    handler.send_response(206 if wanted else 200)
    if wanted:
        handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
    handler.send_header("Content-Length", str(len(data) - start))
    handler.send_header("ETag", '"one"')
    handler.end_headers()
    handler.wfile.write(data[start : start + (len(data) - start) // 2])
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.close()


def whole_again(handler: Handler, data: bytes) -> None:
    """A server that knows no ranges."""
    answer(handler, 200, data)


def status(code: int, **headers: str) -> Answer:
    return lambda handler, _: answer(handler, code, b"<html>wait</html>", "text/html", **headers)


def page(handler: Handler, data: bytes) -> None:
    answer(handler, 200, b"<!DOCTYPE html><html>Logg inn</html>", "text/html; charset=utf-8")


def page_in_disguise(handler: Handler, data: bytes) -> None:
    answer(handler, 200, b"<!DOCTYPE html>" + b"x" * (len(data) - 15))


def garbage(handler: Handler, data: bytes) -> None:
    answer(handler, 200, b"x" * len(data))


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


ACTS = "gjeldende-lover.tar"


@pytest.fixture
def offered(server: Server) -> bytes:
    data = archive("nl/nl-20010101-001.xml")
    server.serve(ACTS, data)
    return data


def downloader(server: Server, folder: Path, **options: object) -> Downloader:
    return Downloader(server.url, folder, first_wait=0.01, **options)  # type: ignore[arg-type]


def left_over(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if ".part" in file.name) if folder.exists() else []


def test_what_is_listed_is_downloaded_and_read(server: Server, offered: bytes, tmp_path: Path) -> None:
    (one,) = downloader(server, tmp_path).fetch()
    assert (one.status, one.size, one.path.read_bytes()) == ("fetched", len(offered), offered)
    assert left_over(tmp_path) == []
    corpus = load([one.path])
    assert [entry.refid for entry in corpus.entries] == ["lov/2001-01-01-1"]
    assert str(corpus.data_sets[0].date) == "2025-11-08"


def test_the_default_folder_is_where_the_corpus_looks(server: Server, offered: bytes) -> None:
    Downloader(server.url).fetch()
    assert "lov/2001-01-01-1" in load()


def test_what_has_not_changed_is_not_asked_for_again(server: Server, offered: bytes, tmp_path: Path) -> None:
    downloader(server, tmp_path).fetch()
    server.asked.clear()
    (one,) = downloader(server, tmp_path).fetch()
    assert one.status == "unchanged"
    assert [path for path, _ in server.asked] == ["/v1/publicData/list"]


def test_what_has_changed_takes_the_place_of_the_old(server: Server, offered: bytes, tmp_path: Path) -> None:
    downloader(server, tmp_path).fetch()
    newer = archive("nl/nl-20010101-001.xml", "nl/nl-20010101-002.xml")
    server.serve(ACTS, newer, "2025-12-01T02:00:00Z")
    (one,) = downloader(server, tmp_path).fetch()
    assert (one.status, one.path.read_bytes()) == ("fetched", newer)


def test_a_connection_that_breaks_off_is_gone_on_with_where_it_ended(
    server: Server, offered: bytes, tmp_path: Path
) -> None:
    server.faults = [broken_off, broken_off]
    (one,) = downloader(server, tmp_path).fetch()
    assert one.path.read_bytes() == offered
    half = len(offered) // 2
    assert [asked for _, asked in server.asked[1:]] == [
        None,
        f"bytes={half}-",
        f"bytes={half + (len(offered) - half) // 2}-",
    ]


def test_a_download_that_never_ends_is_gone_on_with_by_the_next_call(
    server: Server, offered: bytes, tmp_path: Path
) -> None:
    server.faults = [broken_off] * 5
    with pytest.raises(FetchError, match="5 times"):
        downloader(server, tmp_path).fetch()
    assert not (tmp_path / ACTS).exists()
    (one,) = downloader(server, tmp_path).fetch()
    assert one.resumed_from > len(offered) // 2
    assert one.path.read_bytes() == offered
    assert left_over(tmp_path) == []


def test_ctrl_c_leaves_what_came_for_the_next_call_and_nothing_half_in_place(
    server: Server, offered: bytes, tmp_path: Path
) -> None:
    def interrupt(_name: str, done: int, _total: int) -> None:
        if done > len(offered) // 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        downloader(server, tmp_path, progress=interrupt).fetch()
    assert not (tmp_path / ACTS).exists()
    (one,) = downloader(server, tmp_path).fetch()
    assert one.resumed_from > 0
    assert one.path.read_bytes() == offered


def test_half_of_an_older_file_is_not_gone_on_with(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.faults = [broken_off] * 5
    with pytest.raises(FetchError):
        downloader(server, tmp_path).fetch()
    newer = archive("nl/nl-20010101-003.xml")
    server.serve(ACTS, newer, "2025-12-01T02:00:00Z")
    (one,) = downloader(server, tmp_path).fetch()
    assert (one.resumed_from, one.path.read_bytes()) == (0, newer)


def test_a_server_without_ranges_sends_the_whole_file_again(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.faults = [broken_off, whole_again]
    (one,) = downloader(server, tmp_path).fetch()
    assert one.path.read_bytes() == offered


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_server_that_is_busy_is_asked_again(server: Server, offered: bytes, tmp_path: Path, code: int) -> None:
    server.list_faults = [status(code)]
    server.faults = [status(code), status(code, Retry_After="0")]
    (one,) = downloader(server, tmp_path).fetch()
    assert one.path.read_bytes() == offered


def test_a_server_that_stays_busy_is_told_of_once(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.faults = [status(500)] * 9
    with pytest.raises(FetchError, match=r"answered 500, 5 times\. Try again later"):
        downloader(server, tmp_path).fetch()
    assert len(server.asked) == 6


def test_as_long_is_waited_as_the_server_asks(
    server: Server, offered: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    server.faults = [status(429, Retry_After="7"), status(500), status(429, Retry_After="86400")]
    downloader(server, tmp_path).fetch()
    assert waited == [7.0, 0.02, 60.0]


def test_a_file_that_is_listed_and_not_there_is_not_asked_for_twice_and_stops_no_other(
    server: Server, offered: bytes, tmp_path: Path
) -> None:
    server.files = {"borte.tar": b"", **server.files}
    server.modified["borte.tar"] = ""
    server.faults = [status(404)]
    with pytest.raises(FetchError, match=r"borte\.tar.*404") as caught:
        downloader(server, tmp_path).fetch()
    assert [path for path, _ in server.asked].count("/v1/publicData/get/borte.tar") == 1
    assert ACTS in str(caught.value)
    assert (tmp_path / ACTS).read_bytes() == offered


@pytest.mark.parametrize("fault", [page, page_in_disguise])
def test_a_page_instead_of_an_archive_is_not_kept(
    server: Server, offered: bytes, tmp_path: Path, fault: Answer
) -> None:
    downloader(server, tmp_path).fetch()
    server.modified[ACTS] = "2025-12-01T02:00:00Z"
    server.faults = [fault]
    with pytest.raises(FetchError, match="web page instead of the archive"):
        downloader(server, tmp_path).fetch()
    assert (tmp_path / ACTS).read_bytes() == offered
    assert left_over(tmp_path) == []


def test_bytes_that_are_no_archive_are_not_kept(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.faults = [garbage]
    with pytest.raises(FetchError, match="neither an archive"):
        downloader(server, tmp_path).fetch()
    assert left_over(tmp_path) == []


def test_another_size_than_listed_is_not_kept(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.sizes[ACTS] = len(offered) - 10240
    with pytest.raises(FetchError, match="are listed"):
        downloader(server, tmp_path).fetch()
    assert not (tmp_path / ACTS).exists()
    assert left_over(tmp_path) == []


def test_a_list_that_is_none_is_told_of(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.list_faults = [page]
    with pytest.raises(FetchError, match="not with a list of data sets"):
        downloader(server, tmp_path).fetch()


def test_a_listed_name_that_leads_out_of_the_folder_is_refused(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.serve("../utenfor.tar", b"x")
    with pytest.raises(FetchError, match="no plain file name"):
        downloader(server, tmp_path / "in").fetch()
    assert not (tmp_path / "utenfor.tar").exists()


def test_no_network_is_told_in_clear_words(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no connection") as caught:
        Downloader("http://127.0.0.1:9", tmp_path, first_wait=0.01).fetch()
    assert "snapshot" in str(caught.value)


def test_an_address_that_is_none_is_told_in_clear_words(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="lovdata"):
        Downloader("lovdata", tmp_path, first_wait=0.01).fetch()


def test_only_what_is_asked_for_is_downloaded(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.serve("lovtidend-avd1-2025.tar.bz2", b"")
    (one,) = downloader(server, tmp_path).fetch(["gjeldende-lover"])
    assert one.filename == ACTS
    with pytest.raises(FetchError, match=r"gjeldende-lover\.tar, lovtidend-avd1-2025\.tar\.bz2"):
        downloader(server, tmp_path).fetch(["forskrifter"])


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    server: Server, offered: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("lovdata_ingest.fetch.os.fsync", full)
    with pytest.raises(FetchError, match="No space left"):
        downloader(server, tmp_path).fetch()
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_told_before_anything_is_downloaded(server: Server, offered: bytes, tmp_path: Path) -> None:
    server.sizes[ACTS] = 10**15
    with pytest.raises(FetchError, match="are free"):
        downloader(server, tmp_path).fetch()
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_with_the_whole_file(server: Server, offered: bytes, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    downloader(server, tmp_path, progress=lambda *step: seen.append(step)).fetch()
    assert seen[0] == (ACTS, 0, len(offered))
    assert seen[-1] == (ACTS, len(offered), len(offered))
