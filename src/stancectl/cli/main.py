"""The entry point: find the command, import it alone, and turn every error into one form and one exit code."""

import gc
import sys
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer._click.exceptions import UsageError  # not public in 0.26, and the pin keeps it where it is
from typer.core import TyperGroup

from stancectl.cli.completion import IS_ASKED
from stancectl.cli.streams import complain, leave, silence
from stancectl.model.errors import Several, StanceError
from stancectl.version import __version__

COMMANDS = {
    "list": "listing",
    "show": "show",
    "why": "why",
    "timeline": "timeline",
    "diff": "diff",
    "log": "log",
    "compare": "compare",
    "preconditions": "preconditions",
    "whatif": "whatif",
    "search": "search",
    "sources": "sources",
    "stats": "stats",
    "check": "check",
    "schema": "schema",
    "init": "init",
    "add": "add",
    "edit": "edit",
    "fmt": "fmt",
}
"""Every command and the module it lives in, in the order of the help."""


WRITING = frozenset(("init", "add", "edit", "fmt"))
"""The commands that write to a registry."""


class _Commands(TyperGroup):
    """Commands whose modules are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from stancectl.model.errors import UnknownName

            raise UnknownName("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(cls=_Commands, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS)


def _command(name: str) -> Any:
    """One command, without the others."""
    module = import_module(f"stancectl.cli.{COMMANDS[name]}")
    lone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    lone.command(name, context_settings=_SETTINGS)(module.command)
    return typer.main.get_command(lone)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stancectl {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Track political stances: who stands where, since when, on what conditions, and who said so.

    Answers come from a registry of dated, attributed, sourced statements; without another, from the one that is shipped,
    on the reassurance force for Ukraine.
    """


def main() -> None:
    """Run the command line, and exit with its code: 0 fine, 1 findings, 2 an error."""
    gc.disable()  # a run is over before there is garbage worth looking for
    leave(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run the command in `words` and give back its exit code."""
    try:
        if words and words[0] in COMMANDS and not IS_ASKED:
            code = _command(words[0]).main(words[1:], prog_name=f"stancectl {words[0]}", standalone_mode=False)
        else:
            code = typer.main.get_command(app).main(words or ["--help"], prog_name="stancectl", standalone_mode=False)
    except StanceError as error:
        complain(error, undone="written" if WRITING.intersection(words[:1]) else "answered")
    except Several as several:
        for each in several.exceptions:
            complain(cast("StanceError", each))
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "stancectl"
        complain(StanceError(error.format_message().rstrip("."), f"see `{command} --help`"), "usage")
    except typer.Abort:
        return 130
    except (BrokenPipeError, SystemExit):  # the library exits where the reader of a help text has gone
        silence()
        return 0
    except OSError as error:
        silence()
        complain(StanceError(f"cannot write: {error.strerror}", "make room, or write elsewhere"), "output")
    else:
        return code if isinstance(code, int) else 0
    return 2
