"""Where documents come from: archives (streamed, never unpacked), folders and single files."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document


def read_documents(paths: Iterable[Path]) -> Iterator[Document]:
    """Read every document of *paths* in order: archives, folders, ``.xml`` and saved ``.html`` files."""
    from lovdata_ingest.xml_reader import read_xml

    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.xml")):
                yield read_xml(file.read_bytes(), name=file.stem, source=str(file))
        elif path.suffix == ".xml":
            yield read_xml(path.read_bytes(), name=path.stem, source=str(path))
        elif tarfile.is_tarfile(path):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile() and member.name.endswith(".xml"):
                        data = archive.extractfile(member)
                        if data is not None and member.size:
                            yield read_xml(data.read(), name=Path(member.name).stem, source=f"{path}!{member.name}")
        else:
            raise LovdataError(f"{path}: neither an archive, a folder nor an .xml file")
