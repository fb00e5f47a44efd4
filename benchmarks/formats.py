"""A registry's statements in the formats of other tools, each as somebody would keep them who had that tool alone.

Where the tool has records, a statement is one. Where it has double entry, a country holds one of its present stance, and a
statement moves it there from the stance before.
"""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml

Statement = dict[str, Any]
"""A statement of a registry's file, with its `country`, and an `id` that is its own in the whole registry."""

FIELDS = ("country", "id", "date", "speaker", "occasion", "stance", "summary", "quote", "requires", "offers", "sources")
TAGS = ("id", "speaker", "occasion", "quote", "requires", "offers", "sources")
"""The fields that have no other place in a transaction."""


def read(registry: Path) -> list[Statement]:
    """Every statement of a registry, by country and date."""
    statements = [
        {**statement, "country": file.stem, "id": f"{file.stem}/{statement['id']}"}
        for file in registry.glob("[!_]*.yaml")
        for statement in yaml.load(file.read_bytes(), yaml.CSafeLoader)["statements"]
    ]
    return sorted(statements, key=lambda statement: (statement["country"], statement["date"]))


def write_json(statements: Iterable[Statement], path: Path) -> None:
    """One array of objects, nested as in the registry."""
    path.write_text(json.dumps(list(statements), default=str), encoding="utf-8")


def write_csv(statements: Iterable[Statement], path: Path) -> None:
    """A row a statement; of what it has several of, one text."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows([" | ".join(texts) for texts in _fields(statement).values()] for statement in statements)


def write_recutils(statements: Iterable[Statement], path: Path) -> None:
    """A record a statement; what it has several of is a field several times."""
    lines = ["%rec: Statement", "%key: Id", ""]
    for statement in statements:
        lines += [f"{name.capitalize()}: {text}" for name, texts in _fields(statement).items() for text in texts]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def write_hledger(statements: Iterable[Statement], path: Path) -> None:
    """A transaction a statement, described by its summary; the rest are tags."""
    lines = []
    for statement, before in _moves(statements):
        fields = _fields(statement)
        lines.append(f"{statement['date']} {statement['summary']}")
        lines += [f"    ; {name}: {text}" for name in TAGS for text in fields[name]]
        lines.append(f"    position:{statement['country']}:{statement['stance']}  1")
        lines.append(f"    position:{statement['country']}:{before}  -1" if before else "    silence  -1")
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def write_beancount(statements: Iterable[Statement], path: Path) -> None:
    """A transaction a statement, its speaker the payee and its summary the narration; the rest is metadata."""
    lines, accounts = [], {"Equity:Silence"}
    for statement, before in _moves(statements):
        lines.append(f'{statement["date"]} * "{statement["speaker"]}" "{statement["summary"]}"')
        for name, texts in _fields(statement).items():
            if name in TAGS:
                lines += [f'  {name}{number or ""}: "{text}"' for number, text in enumerate(texts)]
        holder = f"Position:{statement['country'].capitalize()}"
        account = f"{holder}:{statement['stance'].capitalize()}"
        accounts.add(account)
        lines.append(f"  {account}  1 STANCE")
        lines.append(f"  {holder}:{before.capitalize()}  -1 STANCE" if before else "  Equity:Silence  -1 STANCE")
    opened = [f"1900-01-01 open {account}" for account in sorted(accounts)]
    path.write_text("\n".join(['option "name_assets" "Position"', *opened, *lines, ""]), encoding="utf-8")


def write_sqlite(statements: Iterable[Statement], path: Path) -> None:
    """A row a statement, with an index by country and date."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"create table statement ({', '.join(FIELDS)})")
        rows = ([" | ".join(texts) for texts in _fields(statement).values()] for statement in statements)
        connection.executemany(f"insert into statement values ({', '.join('?' * len(FIELDS))})", rows)  # noqa: S608
        connection.execute("create index by_country on statement (country, date)")


def _fields(statement: Statement) -> dict[str, list[str]]:
    """A statement's fields as texts, by name."""
    several = {
        "requires": statement["requires"],
        "offers": [f"{offer['kind']} {offer['personnel']['min']} {offer['personnel']['max']}" for offer in statement["offers"]],
        "sources": [f"{page['url']} {page['publisher']}, {page['date']}: {page['title']}" for page in statement["sources"]],
    }
    return {name: several.get(name) or [str(statement[name])] for name in FIELDS}


def _moves(statements: Iterable[Statement]) -> Iterator[tuple[Statement, str | None]]:
    """Every statement, with its country's stance before it."""
    for _, of_country in groupby(statements, itemgetter("country")):
        before = None
        for statement in of_country:
            yield statement, before
            before = statement["stance"]
