"""The questions of `add`: one statement, from what is asked to what is written."""

import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from stancectl.analysis.positions import Position
from stancectl.cli import short_forms
from stancectl.cli.desk import Begin, Desk, Unfamiliar, UnknownCode, Wanted
from stancectl.cli.options import Usage
from stancectl.cli.questions import ask, ask_each, choose
from stancectl.cli.streams import emit, tell
from stancectl.cli.typed import Typed, of_what_is_not_asked, statement
from stancectl.model.dates import PartialDate
from stancectl.model.errors import Several, StanceError, UnknownName, shorten
from stancectl.model.iso import is_country, is_language
from stancectl.model.statements import Source, Statement
from stancectl.model.vocabulary import Kind
from stancectl.registry.drafts import Draft
from stancectl.registry.json_schema import ATTRIBUTIONS, MEANINGS
from stancectl.registry.shapes import PATTERNS
from stancectl.report.plain_text import visible

_EXPLAINED = MEANINGS[Statement]


def converse(desk: Desk, country: str | None, begin: Begin | None, typed: Typed, *, is_rehearsal: bool) -> Wanted | None:
    """Ask for a statement, show it with what it would move, and give it back once it is to be written; None if it is not.

    `typed` is what was typed before: it stands there to be changed, but for what is not asked (--id, --responds-to), which is
    looked at first; `begin` is leave to begin the country's file. Raises typer.Abort where the user leaves.
    """
    country, begin = _country(desk, country, begin)
    slug, new = desk.country(country, begin)
    desk.additions(desk.by_country([Draft(None, of_what_is_not_asked(typed, desk))], country, begin))
    position = desk.position(slug)
    whose = position.country.name if position else new.name if new else slug
    _show(f"A statement of {visible(whose)}. Enter goes on, Tab completes, Ctrl-C stops.\n\n")
    is_first = True
    while True:
        typed = _asked(desk, position, typed, is_first=is_first)
        is_first = False
        try:
            wanted = desk.by_country([Draft(None, statement(typed, desk))], country, begin)
            made = desk.additions(wanted)
        except Several as several:
            _show("".join(f"{visible(str(error))}\n" for error in several.exceptions) + "\n")
            continue
        problems = desk.findings(made, with_warnings=True)
        lines = "".join(f"{visible(line)}\n" for line in made[0].new_lines)
        _show(f"\n{lines}\n{desk.told(made, problems, 'auto')}\n")
        if is_rehearsal:
            _show("Nothing is written: this is a rehearsal.\n")
            return None
        choices = {"yes": f"write it to {made[0].places[0]}", "change": "go through the answers again", "no": "write nothing"}
        if any(each.severity == "error" for each in problems):
            del choices["yes"]
        match choose("Write it?" if "yes" in choices else "What now?", choices, next(iter(choices))):
            case "yes":
                return wanted
            case "no":
                return None


def _show(text: str) -> None:
    """Show something to the person who answers, even where stdout is a pipe."""
    if sys.stdout is not None and sys.stdout.isatty():
        emit(text)
    else:
        tell(text.removesuffix("\n"))


def _country(desk: Desk, typed: str | None, begin: Begin | None) -> tuple[str, Begin | None]:
    """The country that is meant, as it may be typed, and leave to begin its file, if it has to be."""
    while True:
        if typed is None:
            names = {slug: country.name for slug, country in desk.registry.countries.items()}
            typed = ask("Country", choices=names, required=True)
        try:
            slug, new = desk.country(typed, begin)
        except Unfamiliar as error:
            _show(f"{visible(f'{error.message}; {error.near}' if error.near else error.message)}\n")
            if choose(f"Begin a file for {visible(typed)}?", {"yes": "begin it", "no": "name another"}, "no") == "yes":
                begin = Begin()
            else:
                typed = None
        except UnknownCode:
            code = ask(
                "ISO code", explained="Two capital letters; XA to XZ (but XX) for what has none.", check=_code, required=True
            )
            begin = Begin(code, begin.name if begin else None)
        except Usage as error:  # its code or its name is another's
            _show(f"{visible(str(error))}\n")
            typed = begin = None
        else:
            if new is not None:
                _show(f"{visible(new.name)} ({new.code}) will have the file {slug}.yaml.\n")
            return typed, begin


def _asked(desk: Desk, position: Position | None, before: Typed, *, is_first: bool) -> Typed:
    """The answers to all questions, those from before standing there; the first time, with what else is likely."""
    texts = dict(before.texts)
    said = list(reversed(position.country.statements)) if position else []

    def ask_text(name: str, question: str, *, default: str = "", **more: Any) -> None:
        standing = texts[name] or (default if is_first else "")
        texts[name] = ask(question, default=standing, explained=_EXPLAINED[name], **more) or None

    ask_text("date", "Date", default=desk.today.isoformat(), check=partial(_said_by_now, desk.today), required=True)
    ask_text("speaker", "Speaker", required=True, choices={each.speaker: each.office or "" for each in said})
    offices = (each.office for each in said if each.speaker == texts["speaker"] and each.office)
    ask_text("office", "Office", default=next(offices, ""))
    ask_text("occasion", "Occasion")
    texts["attribution"] = texts["attribution"] or "official"
    ask_text("attribution", "Attribution", choices=ATTRIBUTIONS, check=_one_of("attribution", ATTRIBUTIONS))
    if texts["attribution"] == "official" and not before.texts["attribution"]:
        texts["attribution"] = None
    stances = {id: each.meaning or each.label for id, each in desk.vocabulary.stances.items()}
    ask_text("stance", "Stance", choices=stances, check=lambda typed: short_forms.known_id("stance", typed, desk.vocabulary))
    ask_text("summary", "Summary", required=True)
    ask_text("quote", "Quote")
    lists = {name: _asked_list(desk, position, name, before.lists[name] or ()) for name in _LISTS}
    sources = _asked_sources(said, before.sources)
    ask_text("note", "Note")
    return Typed(texts, {**before.lists, **lists}, sources)


_LISTS = {
    "requires": "Requires",
    "drops": "Drops",
    "offers": "Offers",
    "withdraws": "Withdraws",
    "rules_out": "Rules out",
    "reopens": "Reopens",
}
_FORMS = {"requires": f" {short_forms.REQUIREMENT}", "offers": f" {short_forms.OFFER}"}


def _asked_list(desk: Desk, position: Position | None, name: str, default: Sequence[str]) -> list[str]:
    """The entries of one of a statement's lists; what only takes something back is asked where there is something."""
    in_force = {
        "drops": position.preconditions if position else (),
        "withdraws": position.offers if position else (),
        "reopens": position.rules_out if position else (),
    }
    kind: Kind = "precondition" if name in ("requires", "drops") else "contribution"
    words = desk.vocabulary.preconditions if kind == "precondition" else desk.vocabulary.contributions
    choices = {id: each.meaning or each.label for id, each in words.items()}
    if name in in_force:
        choices = {part.item: choices[part.item] for part in in_force[name]}
    if not choices and not default:
        return []
    return ask_each(
        _LISTS[name],
        default=default,
        choices=choices,
        check=lambda typed: short_forms.entry(name, typed, desk.vocabulary),
        explained=_EXPLAINED[name] + _FORMS.get(name, ""),
    )


def _asked_sources(said: Sequence[Statement], before: Mapping[str, Sequence[str] | None]) -> dict[str, list[str]]:
    """The keys of the sources, the n-th for the n-th source."""
    meanings, known = MEANINGS[Source], [source for each in said for source in each.sources]
    languages = {each.lang: "" for each in known if each.lang}
    publishers = {each.publisher: "" for each in known if each.publisher}
    asked: dict[str, list[str]] = {name: [] for name in Source._fields}
    while True:
        place = len(asked["url"])
        old = {name: "".join((before[name] or ())[place : place + 1]) for name in Source._fields}
        question, explained = ("and source", f"{meanings['url']} Empty: no more.") if place else ("Source", meanings["url"])
        url = ask(question, default=old["url"], explained=explained, check=_address, required=not place)
        if not url:
            return asked
        publisher = ask("Publisher", default=old["publisher"], explained=meanings["publisher"], choices=publishers)
        title = ask("Title", default=old["title"], explained=meanings["title"])
        published = ask("Published", default=old["date"], explained=meanings["date"], check=PartialDate.parse)
        same = next((each.lang for each in known if each.publisher == publisher and each.lang), "")
        lang = ask("Language", default=old["lang"] or same, explained=meanings["lang"], choices=languages, check=_language)
        for name, answer in zip(Source._fields, (url, publisher, title, published, lang, old["archived"]), strict=True):
            asked[name].append(answer)


# What answers cannot be.


def _said_by_now(today: date, typed: str) -> None:
    day = short_forms.statement_date(typed, today)
    if PartialDate.parse(day).earliest > today:
        raise StanceError(f"{day} is still to come", "write the day when it was said")


def _one_of(kind: str, names: Collection[str]) -> Callable[[str], None]:
    def check(typed: str) -> None:
        if typed not in names:
            raise UnknownName(kind, typed, names)

    return check


def _code(typed: str) -> None:
    if not is_country(typed):
        raise StanceError(f"`{shorten(typed)}` is no country's code", "write the two capital letters of ISO 3166-1")


def _address(typed: str) -> None:
    if not re.fullmatch(PATTERNS["url"], typed):
        raise StanceError("this is no web address", "write it whole: https:// or http://, a host, and no spaces")


def _language(typed: str) -> None:
    if not is_language(typed):
        raise StanceError(f"`{shorten(typed)}` is no language", "write its code: en, tr, pt-BR")
