"""Downloads Lovdata's public data sets into the cache folder: resumed after a break, replaced whole or not at all."""

from __future__ import annotations

import errno
import fnmatch
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from lovdata_ingest.cache import cache_folder, writing
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.sources import ARCHIVE_SUFFIXES, SourceError, opens_as_archive

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

BASE_URL = "https://api.lovdata.no"
LIST_PATH = "/v1/publicData/list"
GET_PATH = "/v1/publicData/get/"
RECORD = "fetched.json"

ATTEMPTS = 5
LONGEST_WAIT = 60.0

Progress = Callable[[str, int, int], None]


class FetchError(LovdataError):
    """A download that did not come through; the message says what to do."""


class _TryAgain(Exception):
    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason)


class DataSetOffer(Struct, frozen=True, rename="camel"):
    """One line of Lovdata's list. ``size_bytes`` is 0 where the list gives none; ``last_modified`` is kept as written."""

    filename: str
    description: str = ""
    size_bytes: int = 0
    last_modified: str = ""


class Fetched(Struct, frozen=True):
    """What became of one data set: downloaded now, or ``unchanged`` since the last time.

    ``resumed_from`` is the number of bytes that an interrupted download had left.
    """

    filename: str
    path: Path
    status: Literal["fetched", "unchanged"]
    size: int
    resumed_from: int = 0


class _Part(Struct):
    """What an interrupted download was of, so that only the same file is gone on with."""

    last_modified: str
    size_bytes: int
    validator: str = ""  # ETag or Last-Modified of the answer, for If-Range


class Downloader:
    """Lists and downloads data sets from one server into one folder.

    Args:
        base_url: the server, without the paths of the API.
        folder: where the archives go; the cache folder if None. `lovdata_ingest.corpus` reads them from there.
        progress: called with a file's name, the bytes at hand and the bytes to expect.
        first_wait: seconds before the second attempt; doubled for each further one.
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        folder: Path | None = None,
        *,
        progress: Progress | None = None,
        first_wait: float = 1.0,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.folder = folder if folder is not None else cache_folder("lovdata")
        self.progress = progress or (lambda _name, _done, _total: None)
        self.first_wait = first_wait

    def offers(self) -> tuple[DataSetOffer, ...]:
        """The data sets that the server lists, in its order.

        Raises:
            FetchError: if the server does not answer, or answers with something else than the list.
        """
        with self._client() as client:
            return self._offers(client)

    def fetch(self, patterns: Sequence[str] = ()) -> tuple[Fetched, ...]:
        """Download the data sets whose names match, all that are listed if no pattern is given.

        What has not changed since the last time is left as it is. A data set that fails stops no other; an error for
        all that failed is raised at the end.

        Args:
            patterns: names as listed, with or without ``.tar.bz2``, or patterns (``lovtidend-*``).

        Raises:
            FetchError: if the list or a data set does not come through.
        """
        fetched, failed = [], []
        with self._client() as client:
            for offer in chosen(self._offers(client), patterns):
                try:
                    fetched.append(self._fetch_one(client, offer))
                except FetchError as error:
                    failed.append(str(error))
        if failed:
            done = f"\n(fetched or unchanged: {', '.join(one.filename for one in fetched)})" if fetched else ""
            raise FetchError("\n".join(failed) + done)
        return tuple(fetched)

    # --- the server -------------------------------------------------------------------------------------------------

    def _client(self) -> httpx.Client:
        import httpx

        try:
            return httpx.Client(
                base_url=self.base_url,
                timeout=httpx.Timeout(30.0, connect=10.0),
                follow_redirects=True,
                headers={"User-Agent": "pliktgraf", "Accept-Encoding": "identity"},
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchError(f"--base-url {self.base_url}: not a web address ({error})") from error

    def _offers(self, client: httpx.Client) -> tuple[DataSetOffer, ...]:
        url = self.base_url + LIST_PATH

        def ask() -> bytes:
            response = client.get(LIST_PATH)
            self._check(response, url)
            return response.content

        data = self._again(ask, url)
        try:
            offers = msgspec.json.decode(data, type=tuple[DataSetOffer, ...])
        except msgspec.MsgspecError as error:
            raise FetchError(
                f"{url}: answered, but not with a list of data sets ({error}). Is --base-url right, or does a proxy or a "
                "login page answer in its place?"
            ) from error
        for offer in offers:
            if not offer.filename or Path(offer.filename).name != offer.filename or offer.filename.startswith("."):
                raise FetchError(
                    f"{url}: lists a file named {offer.filename!r}, which is no plain file name; not fetched"
                )
        return offers

    def _again(self, action: Callable[[], bytes], url: str) -> bytes:
        """Do *action*, again after a while where the server or the network may recover."""
        import httpx
        from tenacity import RetryError, Retrying, retry_if_exception_type

        trying = Retrying(
            stop=_enough,
            wait=self._wait,
            retry=retry_if_exception_type((_TryAgain, httpx.TransportError)),
        )
        try:
            return trying(action)
        except RetryError as error:
            raise FetchError(_no_answer(url, error.last_attempt.exception())) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(f"{url}: {error}") from error

    def _wait(self, state: RetryCallState) -> float:
        """Seconds to wait: as long as the server asks (429, 503), else doubling."""
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.wait if isinstance(error, _TryAgain) else None
        backoff = self.first_wait * 2.0 ** (state.attempt_number - 1)
        return min(asked if asked is not None else backoff, LONGEST_WAIT)

    def _check(self, response: httpx.Response, url: str) -> None:
        status = response.status_code
        if status in (200, 206):
            return
        if status in (408, 425, 429) or status >= 500:
            asked = response.headers.get("Retry-After", "")
            raise _TryAgain(f"the server answered {status}", float(asked) if asked.isdigit() else None)
        if status == 404:
            raise FetchError(
                f"{url}: the server has no such page (404). Is --base-url right, and is the data set listed?"
            )
        raise FetchError(f"{url}: the server answered {status} {response.reason_phrase}; expected the file")

    # --- one file ---------------------------------------------------------------------------------------------------

    def _fetch_one(self, client: httpx.Client, offer: DataSetOffer) -> Fetched:
        target = self.folder / offer.filename
        if self._unchanged(offer, target):
            self.progress(offer.filename, offer.size_bytes, offer.size_bytes)
            return Fetched(offer.filename, target, "unchanged", target.stat().st_size)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part, resumed = self._part(offer)
            self._room_for(offer, part)
            self._again(lambda: self._download(client, offer, part), self.base_url + GET_PATH + offer.filename)
            self._accept(offer, part, target)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                self._discard(offer)
            raise FetchError(
                f"{offer.filename}: cannot be written to {self.folder} ({error.strerror}). Free some space, or name "
                "another folder with PLIKTGRAF_CACHE; what was there before is untouched"
            ) from error
        return Fetched(offer.filename, target, "fetched", target.stat().st_size, resumed)

    def _part(self, offer: DataSetOffer) -> tuple[Path, int]:
        """The file that the download goes to first, and how much of it an interrupted one left."""
        part = self.folder / f".{offer.filename}.part"
        about = self._about(offer)
        try:
            known = msgspec.json.decode(about.read_bytes(), type=_Part)
        except (OSError, msgspec.MsgspecError):
            known = None
        same = known is not None and (known.last_modified, known.size_bytes) == (offer.last_modified, offer.size_bytes)
        if not same:
            part.unlink(missing_ok=True)
            about.write_bytes(msgspec.json.encode(_Part(offer.last_modified, offer.size_bytes)))
        part.touch()
        return part, part.stat().st_size

    def _about(self, offer: DataSetOffer) -> Path:
        return self.folder / f".{offer.filename}.part.json"

    def _discard(self, offer: DataSetOffer) -> None:
        (self.folder / f".{offer.filename}.part").unlink(missing_ok=True)
        self._about(offer).unlink(missing_ok=True)

    def _room_for(self, offer: DataSetOffer, part: Path) -> None:
        needed = offer.size_bytes - part.stat().st_size
        free = shutil.disk_usage(self.folder).free
        if needed > free:
            self._discard(offer)
            raise FetchError(
                f"{offer.filename}: {needed / 1e6:.1f} MB to download, but only {free / 1e6:.1f} MB are free in "
                f"{self.folder}. Free some space, or name another folder with PLIKTGRAF_CACHE"
            )

    def _download(self, client: httpx.Client, offer: DataSetOffer, part: Path) -> bytes:
        """Bring *part* to its full length, from where it ends. Returns nothing of use: the bytes are in the file."""
        have = part.stat().st_size
        if offer.size_bytes and have >= offer.size_bytes:
            if have == offer.size_bytes:
                return b""
            have = 0
        about = msgspec.json.decode(self._about(offer).read_bytes(), type=_Part)
        headers = {"Range": f"bytes={have}-"} if have else {}
        if have and about.validator:
            headers["If-Range"] = about.validator
        with client.stream("GET", GET_PATH + offer.filename, headers=headers) as response:
            if response.status_code == 416:  # the file on the server ends before: begin anew
                part.write_bytes(b"")
                raise _TryAgain("the server's file is shorter than what was left of the last download")
            self._check(response, str(response.url))
            if response.headers.get("Content-Type", "").startswith("text/html"):
                self._discard(offer)
                raise FetchError(_page_instead(offer.filename))
            start = _starts_at(response) if response.status_code == 206 else 0
            if start not in (0, have):
                part.write_bytes(b"")
                raise _TryAgain(f"the server went on at byte {start}, asked was {have}")
            about.validator = response.headers.get("ETag", "") or response.headers.get("Last-Modified", "")
            self._about(offer).write_bytes(msgspec.json.encode(about))
            self._receive(response, offer, part, start)
        return b""

    def _receive(self, response: httpx.Response, offer: DataSetOffer, part: Path, start: int) -> None:
        length = response.headers.get("Content-Length", "")
        expected = offer.size_bytes or (start + int(length) if length.isdigit() else 0)
        with part.open("r+b") as file:
            file.truncate(start)
            file.seek(start)
            done = start
            self.progress(offer.filename, done, expected)
            for chunk in response.iter_raw():
                file.write(chunk)
                done += len(chunk)
                if offer.size_bytes and done > offer.size_bytes:
                    break
                self.progress(offer.filename, done, expected)
            file.flush()
            os.fsync(file.fileno())
        if expected and done < expected:
            raise _TryAgain(f"the connection ended after {done} of {expected} bytes")

    def _accept(self, offer: DataSetOffer, part: Path, target: Path) -> None:
        """Check the finished download and put it in its place."""
        size = part.stat().st_size
        if offer.size_bytes and size != offer.size_bytes:
            reason = f"{size} bytes came, {offer.size_bytes} are listed"
            page = _looks_like_page(part)
            self._discard(offer)
            raise FetchError(_page_instead(offer.filename) if page else f"{offer.filename}: {reason}. Fetch it again")
        if offer.filename.endswith(ARCHIVE_SUFFIXES):
            try:
                opens_as_archive(part)
            except SourceError as error:
                page = _looks_like_page(part)
                self._discard(offer)
                message = str(error).removeprefix(f"{part}: ")
                raise FetchError(_page_instead(offer.filename) if page else f"{offer.filename}: {message}") from error
        part.replace(target)
        self._about(offer).unlink(missing_ok=True)
        self._record(offer)

    def _records(self) -> dict[str, DataSetOffer]:
        try:
            return msgspec.json.decode((self.folder / RECORD).read_bytes(), type=dict[str, DataSetOffer])
        except (OSError, msgspec.MsgspecError):
            return {}

    def _record(self, offer: DataSetOffer) -> None:
        """Write down what was fetched, so that the next call can tell whether it has changed."""
        records = self._records() | {offer.filename: offer}
        with writing(self.folder / RECORD) as file:
            file.write(msgspec.json.format(msgspec.json.encode(records), indent=1))

    def _unchanged(self, offer: DataSetOffer, target: Path) -> bool:
        known = self._records().get(offer.filename)
        return (
            known is not None
            and known.last_modified == offer.last_modified
            and known.size_bytes == offer.size_bytes
            and target.is_file()
            and (not offer.size_bytes or target.stat().st_size == offer.size_bytes)
        )


def chosen(offers: Iterable[DataSetOffer], patterns: Sequence[str]) -> tuple[DataSetOffer, ...]:
    """The offers whose names match one of *patterns*; all of them where there is none.

    Raises:
        FetchError: if a pattern matches nothing; the names that are offered are in the message.
    """
    offers = tuple(offers)
    if not patterns:
        return offers
    found: dict[str, DataSetOffer] = {}
    for pattern in patterns:
        names = {pattern, *(pattern + suffix for suffix in ARCHIVE_SUFFIXES)}
        matching = [one for one in offers if any(fnmatch.fnmatch(one.filename, name) for name in names)]
        if not matching:
            listed = ", ".join(offer.filename for offer in offers)
            raise FetchError(f"no data set is named {pattern!r}. Listed are: {listed or 'none'}")
        found |= {offer.filename: offer for offer in matching}
    return tuple(found.values())


def _enough(state: RetryCallState) -> bool:
    """Whether to give up: sooner where there is no connection at all than where one breaks off."""
    import httpx

    error = state.outcome.exception() if state.outcome is not None else None
    return state.attempt_number >= (3 if isinstance(error, httpx.ConnectError) else ATTEMPTS)


def _starts_at(response: httpx.Response) -> int:
    start = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(start) if start.isdigit() else -1


def _looks_like_page(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(512).lstrip()[:1] == b"<"


def _page_instead(name: str) -> str:
    return (
        f"{name}: the server sent a web page instead of the archive. Is --base-url right, or does a proxy or a login page "
        "answer in its place? Nothing was kept"
    )


def _no_answer(url: str, error: BaseException | None) -> str:
    import httpx

    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return (
            f"{url}: no connection ({error}). Is there a network, and does a proxy stand between (HTTPS_PROXY)? "
            "Without the text, report, duties, refs and export still work from the snapshot"
        )
    reason = error.reason if isinstance(error, _TryAgain) else f"the connection broke off ({error or 'no answer'})"
    return f"{url}: {reason}, {ATTEMPTS} times. Try again later; what has come so far is kept and gone on with"
