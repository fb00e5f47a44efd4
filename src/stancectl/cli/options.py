"""The options that every command has, and what they mean: which registry, which day, which format."""

import inspect
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from stancectl.analysis.positions import Position
from stancectl.cli import completion
from stancectl.model.dates import InvalidDate
from stancectl.model.errors import StanceError
from stancectl.model.names import find_country, find_id
from stancectl.model.periods import Period, parse_period
from stancectl.model.registry import Country, Registry
from stancectl.model.vocabulary import Kind
from stancectl.registry.errors import NoRegistry

Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From the first day of DATE on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to the last day of DATE.")]
Countries = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[COUNTRY]...", help="Names, ISO codes or slugs; - reads them from stdin.", autocompletion=completion.countries
    ),
]


RegistryFolder = Annotated[
    Path | None,
    typer.Option("--registry", metavar="DIR", readable=False, help="The registry: a folder that holds a _registry.yaml."),
]
Revision = Annotated[
    str | None,
    typer.Option("--rev", metavar="REV", help="The registry as git recorded it at REV; REV:PATH where it lay elsewhere."),
]
TodayIs = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Take DATE for today.")]
Json = Annotated[bool, typer.Option("--json", help="The same as -f json.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE; its ending tells the format.")
]
Color = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.", autocompletion=completion.colours)]


class Usage(StanceError):
    """Options that do not go together, or that lack something."""

    code = "usage"


class Asking:
    """What the shared options say; the parameters are the options."""

    def __init__(
        self,
        *,
        registry_folder: RegistryFolder = None,
        rev: Revision = None,
        as_of: Annotated[
            str | None, typer.Option("--as-of", metavar="DATE", help="Answer as of the last day of DATE.  [default: today]")
        ] = None,
        today_is: TodayIs = None,
        format: Annotated[
            str | None,
            typer.Option(
                "--format",
                "-f",
                metavar="FORMAT",
                help="table, plain, tsv, csv, json, jsonl, yaml, markdown, html, svg.",
                autocompletion=completion.formats,
            ),
        ] = None,
        json: Json = False,
        output: Output = None,
        fields: Annotated[
            str | None,
            typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.", autocompletion=completion.fields),
        ] = None,
        header: Annotated[
            bool | None, typer.Option("--header/--no-header", help="Field names in the first line of tsv and csv.")
        ] = None,
        color: Color = "auto",
        no_cache: Annotated[bool, typer.Option("--no-cache", help="Read the files, not the compiled copy.")] = False,
    ) -> None:
        self.registry_folder = registry_folder
        self.rev = rev
        self.as_of = as_of
        self.today_is = today_is
        self.format = format
        self.json = json
        self.output = output
        self.fields = fields
        self.header = header
        self.color = color
        self.no_cache = no_cache

    @cached_property
    def today(self) -> date:
        """The day that relative dates count from."""
        return parse_today(self.today_is)

    @cached_property
    def day(self) -> date:
        """The day to answer for."""
        return self.period(self.as_of).last if self.as_of is not None else self.today

    def period(self, typed: str) -> Period:
        """A date as the user typed it."""
        return parse_period(typed, self.today)

    def within(self, since: str | None, until: str | None) -> tuple[date | None, date]:
        """The first day (None: ever) and the last day of what is asked for."""
        first = self.period(since).first if since is not None else None
        last = self.day if until is None else self.period(until).last
        if self.as_of is not None:
            last = min(last, self.day)
        if first is not None and first > last:
            raise InvalidDate(f"{first} (--since) comes after {last}, the last day asked for", "swap them")
        return first, last

    @property
    def range(self) -> tuple[str, str] | None:
        """The revisions of a `--rev A..B` (nothing for one left out); None for no range. Dots may also lead up a path."""
        rev = self.rev or ""
        plain = re.sub(r"\{[^}]*\}|^:/.*", lambda search: "_" * len(search[0]), rev)  # what is searched for may have dots too
        dots = re.search(r"(?<![./:])\.\.(?![./])", plain)
        return (rev[: dots.start()], rev[dots.end() :]) if dots else None

    @cached_property
    def registry(self) -> Registry:
        """The registry asked for."""
        return self.at(self.rev)

    def at(self, revision: str | None) -> Registry:
        """The registry as it stood at a git revision (None: as it stands)."""
        from stancectl.registry.load import load, load_revision

        if revision is not None:
            return load_revision(self.registry_folder, revision)
        from stancectl.registry.locate import locate

        return load(locate(self.registry_folder), cache=not self.no_cache, progress=_shown)

    @property
    def checked_out(self) -> Registry:
        """The registry as its files are, beside what git recorded of it; raises NoRegistry where git has it alone."""
        from stancectl.registry.revisions import is_only_recorded

        if is_only_recorded(self.registry_folder):
            raise NoRegistry("there is no registry among the files here", "name a revision: --rev HEAD, --rev A..HEAD")
        return self.registry if self.rev is None else self.at(None)

    def countries(self, typed: Iterable[str] | None) -> list[Country]:
        """The countries of those names, each once and in that order; `-` stands for the lines of stdin. All, for none."""
        if not typed:
            return list(self.registry.countries.values())
        found = {country.slug: country for country in (find_country(self.registry, name) for name in names(typed))}
        return list(found.values())

    def positions(self, countries: Iterable[Country], day: date | None = None) -> list[Position]:
        """Where each country stands at the end of the day asked for."""
        return [Position(country, self.registry.vocabulary, day or self.day) for country in countries]

    def ids(self, kind: Kind, typed: Sequence[str] | None) -> tuple[frozenset[str], ...]:
        """Ids of the vocabulary: one set an option, by its commas."""
        labels = self.registry.vocabulary.labels(kind)
        return tuple(frozenset(find_id(kind, labels, name) for name in each.split(",")) for each in typed or ())


def _shown(results: Iterator[Any], total: int) -> Generator[Any]:
    """The files as they are compiled, with a bar where somebody waits for them."""
    from stancectl.report.progress import shown

    return shown(results, total, "Reading the registry")


def asks(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Make a command of a function whose first parameter is an Asking: the shared options follow its own."""
    own = list(inspect.signature(function).parameters.values())[1:]
    shared = list(inspect.signature(Asking).parameters.values())

    @wraps(function)
    def run(**values: Any) -> int | None:
        asking = Asking(**{each.name: values.pop(each.name) for each in shared})
        return function(asking, **values)

    parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*own, *shared)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    del run.__wrapped__
    return run


def parse_today(typed: str | None) -> date:
    """The day to take for today: the last of the date typed, else the one it is where the user is."""
    return date.today() if typed is None else parse_period(typed, date.today()).last


def names(typed: Iterable[str]) -> Iterator[str]:
    """The names as typed, with the lines of stdin (their first column) in place of each `-`."""
    for name in typed:
        if name == "-":
            if sys.stdin is None or sys.stdin.isatty():
                lack = "closed" if sys.stdin is None else "a terminal"
                raise Usage(f"`-` reads names from stdin, which is {lack} here", "pipe them in, one a line")
            text = sys.stdin.buffer.read().decode(errors="replace")
            yield from (line.split("\t")[0].strip() for line in text.splitlines() if line.strip())
        else:
            yield name
