"""`stancectl add`: a statement into a country's file, from flags, from stdin or from a dialogue."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from stancectl.cli import completion
from stancectl.cli.answer import is_terminal
from stancectl.cli.desk import Begin, Desk
from stancectl.cli.options import Color, RegistryFolder, TodayIs, Usage, parse_today
from stancectl.cli.paths import registry_to_write
from stancectl.cli.streams import emit, somebody_answers
from stancectl.cli.typed import Typed, statement
from stancectl.model.errors import refuse
from stancectl.registry.additions import Addition
from stancectl.registry.drafts import Draft, read_drafts
from stancectl.registry.files import MAX_BYTES
from stancectl.registry.problems import Problem
from stancectl.registry.writing import locked, write
from stancectl.report.plain_text import visible

Several = list[str] | None


def command(
    country: Annotated[
        str | None,
        typer.Argument(
            metavar="[COUNTRY]",
            help="A name, ISO code or slug; - reads statements from stdin.",
            autocompletion=completion.countries,
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When it was said: 2025-11-27, 2025-11~, today.")
    ] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="The person or the institution.")] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="TEXT", help="The person's title.")] = None,
    occasion: Annotated[str | None, typer.Option("--occasion", metavar="TEXT", help="Where, or in answer to what.")] = None,
    attribution: Annotated[
        str | None,
        typer.Option(
            "--attribution",
            metavar="WORD",
            help="official, document, dissenting, anonymous or reported.",
            autocompletion=completion.attributions,
        ),
    ] = None,
    stance: Annotated[
        str | None,
        typer.Option("--stance", metavar="STANCE", help="The stance it tells, if any.", autocompletion=completion.stances),
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="What was said, in your words.")] = None,
    quote: Annotated[str | None, typer.Option("--quote", metavar="TEXT", help="The speaker's words, short and exact.")] = None,
    require: Annotated[
        Several,
        typer.Option(
            "--require",
            metavar="ID",
            help="A precondition stated: ceasefire, mandate:after=ceasefire:note=TEXT.",
            autocompletion=completion.preconditions,
        ),
    ] = None,
    drop: Annotated[
        Several,
        typer.Option("--drop", metavar="ID", help="A precondition withdrawn.", autocompletion=completion.preconditions),
    ] = None,
    offer: Annotated[
        Several,
        typer.Option(
            "--offer",
            metavar="KIND",
            help="A contribution offered: naval, ground-troops=1000, ground-troops=6000..10000:note=TEXT.",
            autocompletion=completion.contributions,
        ),
    ] = None,
    withdraw: Annotated[
        Several,
        typer.Option("--withdraw", metavar="KIND", help="An offer taken back.", autocompletion=completion.contributions),
    ] = None,
    rule_out: Annotated[
        Several,
        typer.Option("--rule-out", metavar="KIND", help="A contribution excluded.", autocompletion=completion.contributions),
    ] = None,
    reopen: Annotated[
        Several,
        typer.Option("--reopen", metavar="KIND", help="An exclusion taken back.", autocompletion=completion.contributions),
    ] = None,
    responds_to: Annotated[
        Several,
        typer.Option("--responds-to", metavar="REF", help="A statement it answers.", autocompletion=completion.references),
    ] = None,
    source: Annotated[
        Several, typer.Option("--source", metavar="URL", help="Where it can be read; several may be given.")
    ] = None,
    publisher: Annotated[Several, typer.Option("--publisher", metavar="NAME", help="Who published the source.")] = None,
    title: Annotated[Several, typer.Option("--title", metavar="TEXT", help="The source's title.")] = None,
    source_date: Annotated[Several, typer.Option("--source-date", metavar="DATE", help="When the source was published.")] = None,
    lang: Annotated[Several, typer.Option("--lang", metavar="CODE", help="The source's language: en, tr.")] = None,
    archived: Annotated[Several, typer.Option("--archived", metavar="URL", help="An archived copy of the source.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Your remark.")] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id.  [default: made from date and speaker]")] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin the country's file if there is none.")] = False,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="The new country's ISO code, if it is not known.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="The new country's name.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would be added, and write nothing.")] = False,
    registry_folder: RegistryFolder = None,
    today_is: TodayIs = None,
    color: Color = "auto",
) -> int:
    """Record a statement in a country's file.

    From the flags; without any, from questions on a terminal, or from stdin: YAML, JSON or JSON Lines, each statement with the
    keys of a country's file, and with `country` where they are several countries'. Every other byte of the file stays. Where
    --source is given several times, the first --publisher, --title and so on belong to the first of them. In a pipe the answer
    is the new references.
    """
    begin = Begin(code, name) if new or code or name else None
    desk = Desk(registry_to_write(registry_folder), parse_today(today_is))
    texts = {"id": id, "date": date, "speaker": speaker, "office": office, "occasion": occasion, "attribution": attribution}
    texts |= {"stance": stance, "summary": summary, "quote": quote, "note": note}
    lists = {"requires": require, "drops": drop, "offers": offer, "withdraws": withdraw, "rules_out": rule_out, "reopens": reopen}
    lists |= {"responds_to": responds_to}
    sources = {"url": source, "publisher": publisher, "title": title, "date": source_date, "lang": lang, "archived": archived}
    typed = Typed(texts, lists, sources)
    was_asked = country != "-" and bool(typed.lacking) and somebody_answers()
    if was_asked:
        from stancectl.cli.dialogue import converse

        wanted = converse(desk, country, begin, typed, is_rehearsal=dry_run)
        if wanted is None:
            return 1
    elif typed.is_empty:
        wanted = desk.by_country(_from_stdin(desk), None if country == "-" else country, begin)
    elif country == "-":
        raise Usage("`-` reads statements from stdin, and the flags tell of another", "leave out one or the other")
    else:
        wanted = desk.by_country([Draft(None, statement(typed, desk))], country, begin)
    with locked(desk.folder):
        made = desk.additions(wanted)
        problems = [] if was_asked else desk.findings(made, with_warnings=is_terminal())
        refuse([each.as_error() for each in problems if each.severity == "error"])
        if not dry_run:
            write([each.writing for each in made])
    _tell(desk, made, problems, color, is_rehearsal=dry_run, was_asked=was_asked)
    return 0


def _from_stdin(desk: Desk) -> list[Draft]:
    """The statements that stdin holds."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None and not sys.stdin.isatty() else b""
    if drafts := read_drafts(data, desk.known) if data.strip() else []:
        return drafts
    raise Usage("stdin holds no statement", "pipe one in, or name it with flags: --date, --speaker, --summary, --source")


def _tell(
    desk: Desk, made: Sequence[Addition], problems: Sequence[Problem], color: str, *, is_rehearsal: bool, was_asked: bool
) -> None:
    """Tell of what was added: its lines if it was not, the references, and on a terminal what it moves."""
    refs = [ref for each in made for ref in each.refs]
    told = "".join(f"{visible(line)}\n" for each in made for line in each.new_lines) if is_rehearsal else ""
    if is_terminal() and not was_asked:
        told += desk.told(made, problems, color)
    elif not is_rehearsal:
        told += "".join(f"{ref}\n" for ref in refs)
    emit(told, None if is_rehearsal else f"{', '.join(refs)} was added all the same; do not add it again")
