"""The folder where the program keeps what it can make or fetch again, and writing there without half-done files."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

CACHE_VARIABLE = "PLIKTGRAF_CACHE"


def cache_folder(*parts: str) -> Path:
    """The platform's cache folder for this program (``PLIKTGRAF_CACHE`` sets another), or a folder in it.

    The folder need not exist yet; `writing` makes it.
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get(CACHE_VARIABLE)
    root = Path(chosen) if chosen else user_cache_path("pliktgraf", appauthor=False)
    return root.joinpath(*parts)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Write *path* whole or not at all: a neighbour file takes its place when the block ends well.

    A full disk, an error and Ctrl-C leave what was there before, and no neighbour file.

    Raises:
        OSError: as the operating system gives it (no space left, no permission).
    """
    with replacing(path) as neighbour, neighbour.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """As `writing`, for what must open its file itself: the path of the neighbour file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    neighbour = Path(name)
    try:
        yield neighbour
        neighbour.chmod(0o644)
        neighbour.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            neighbour.unlink()
        raise
