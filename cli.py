"""The command line of pliktgraf: each command parses its arguments, calls the library and prints the result."""

from __future__ import annotations

import sys
import warnings
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lovdata_ingest.errors import LovdataError

if TYPE_CHECKING:
    from rich.console import Console

    from lovdata_ingest.corpus import Corpus

app = typer.Typer(
    name="pliktgraf",
    help="Finds duties to cooperate and rules on sharing information in Norwegian statutes, and shows where the acts "
    "overlap, conflict and leave gaps.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

CHECK_FAILED = 1
WRONG_CALL = 2

Sources = Annotated[
    list[Path] | None,
    typer.Option("--source", help="Archive, folder or document of Lovdata; may be given more than once. "
                 "Default: PLIKTGRAF_LOVDATA, else what 'pliktgraf fetch' brought, else the snapshot."),
]  # fmt: skip
Acts = Annotated[list[str] | None, typer.Argument(metavar="[ACT]...", help="Refid, short title or abbreviation "
                                                  "(lov/2005-06-17-64, barnehageloven, bhl). Default: the 14 acts of "
                                                  "the reform.")]  # fmt: skip
All = Annotated[bool, typer.Option("--all", help="Every document of the sources.")]


class Language(StrEnum):
    """The language of a report."""

    nb = "nb"
    en = "en"


Lang = Annotated[Language, typer.Option("--lang", help="Language of the report.")]


def out() -> Console:
    """The console for data: standard output."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def talk(message: str) -> None:
    """Say something that is no data: standard error."""
    typer.echo(message, err=True)


def write_data(text: str) -> None:
    """Print data as it is, with a line break at the end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def load_corpus(sources: list[Path] | None) -> Corpus:
    """The loaded data sets; may be empty, see `Corpus.has_text`."""
    from lovdata_ingest.corpus import load

    return load(sources or ())


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Archives, folders or documents of Lovdata.")],
    check: Annotated[bool, typer.Option("--check", help="Account for each character and id of the source.")] = False,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Read documents of Lovdata completely, and say what they hold.

    With --check every non-space character of the bodies and every id is accounted for; exit status 1 if one is not.

    Example: pliktgraf ingest gjeldende-lover.tar.bz2 --check --format json
    """
    import msgspec

    from lovdata_ingest.check import check as run_check
    from lovdata_ingest.check import counted

    result = run_check(paths) if check else counted(paths)
    if format == "json":
        write_data(msgspec.json.encode(result).decode())
    else:
        from lovdata_ingest.check import described

        write_data(described(result, checked=check))
    if check and not result.passed:
        raise typer.Exit(CHECK_FAILED)


@app.command()
def show(
    provision: Annotated[str, typer.Argument(help='For example "bhl § 2 b" or lov/2005-06-17-64/§2b/ledd/1.')],
    source: Sources = None,
) -> None:
    """Show a provision: ledd and sentences numbered, heading, last changes, changes to come.

    A provision of an act that was replaced leads to today's. Example: pliktgraf show "bhl § 2 b"
    """
    from graph.report.provision import ProvisionView

    corpus = load_corpus(source)
    need_text(corpus, "show")
    found = corpus.find(provision)
    if found.match.note():
        talk(found.match.note())
    if found.succession is not None:
        talk(found.succession.explain())
    console = out()
    for address in found.addresses:
        console.print(ProvisionView(corpus.get(address.act), address))


def need_text(corpus: Corpus, command: str) -> None:
    """End with one message where no text is loaded.

    Raises:
        LovdataError: if nothing is loaded.
    """
    if not corpus.has_text:
        raise LovdataError(
            f"'pliktgraf {command}' trenger lovteksten. Kjør 'pliktgraf fetch' (henter Lovdatas åpne data), "
            "eller oppgi en kilde med --source PATH"
        )


def fail(message: str) -> NoReturn:
    """One message, exit status 2."""
    talk(message)
    raise SystemExit(WRONG_CALL)


def main() -> None:
    """Run the command line: errors made on purpose become one message and exit status 2."""

    def show_warning(message: Warning | str, *_: object, **__: object) -> None:
        talk(f"advarsel: {message}")

    warnings.showwarning = show_warning
    try:
        app()
    except LovdataError as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail("avbrutt; ingenting er skrevet halvferdig")
    except BrokenPipeError:  # the reader closed the pipe: head, less
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:
        if error.filename is None and error.strerror is None:
            raise
        fail(f"{error.filename or 'filen'}: {error.strerror}")


if __name__ == "__main__":
    main()
