"""Questions on a terminal: answers completed as they are typed, with what each means, and refused where they cannot be right."""

import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style
from prompt_toolkit.validation import ValidationError, Validator

from stancectl.model.errors import StanceError
from stancectl.model.names import plain
from stancectl.report.plain_text import is_harmless, visible

Check = Callable[[str], object]
"""What raises a StanceError where an answer cannot be right."""

_MARGIN = 13
_STYLE = Style.from_dict({"bottom-toolbar": "noreverse #808080"})


def ask(
    question: str,
    *,
    default: str = "",
    choices: Mapping[str, str] | None = None,
    check: Check | None = None,
    explained: str = "",
    within: str = "",
    required: bool = False,
) -> str:
    """The answer, without spaces around it; "" where there is none.

    `choices` are answers to complete, each with what it means, and behind the characters of `within` they are completed again.
    `check` refuses what cannot be right, and an empty answer is refused where one is `required`. `explained` stands below.
    Raises typer.Abort on Ctrl-C and Ctrl-D.
    """
    shown = {name: about for name, about in (choices or {}).items() if is_harmless(name)}
    session: PromptSession[str] = PromptSession(output=create_output(always_prefer_tty=True))
    try:
        answer = session.prompt(
            f"{question:>{_MARGIN}}  ",
            default=default if is_harmless(default) else "",
            completer=_Choices(shown, within),
            complete_while_typing=True,
            complete_style=CompleteStyle.COLUMN,
            validator=_Checked(check, required=required),
            validate_while_typing=False,
            bottom_toolbar=textwrap.fill(visible(explained), shutil.get_terminal_size().columns - 1) or None,
            style=_STYLE,
            reserve_space_for_menu=8 if shown else 0,
        )
    except (KeyboardInterrupt, EOFError):
        raise typer.Abort from None
    return answer.strip()


def ask_each(
    question: str, *, default: Sequence[str] = (), choices: Mapping[str, str], check: Check, explained: str
) -> list[str]:
    """Answers until one is empty."""
    answers, left = list[str](), list(default)
    while True:
        answer = ask(
            question if not answers else "and",
            default=left.pop(0) if left else "",
            choices=choices,
            check=check,
            explained=f"{explained} Empty: no more." if answers else explained,
            within=":=,",
        )
        if not answer:
            return answers
        answers.append(answer)


def choose(question: str, choices: Mapping[str, str], default: str) -> str:
    """One of the choices, by its first letter too."""
    told = "/".join(name.upper() if name == default else name for name in choices)

    def meant(typed: str) -> str:
        found = [name for name in choices if name.startswith(typed.strip().lower() or default)]
        if len(found) != 1:
            raise StanceError(f"answer {told}")
        return found[0]

    explained = "; ".join(f"{name}: {meaning}" for name, meaning in choices.items())
    return meant(ask(f"{question} [{told}]", check=meant, explained=explained))


class _Choices(Completer):
    """Those of the choices that what was typed begins, then those that hold it; if there is none, by their meaning."""

    def __init__(self, choices: Mapping[str, str], within: str) -> None:
        self._choices = choices
        self._within = within

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if self._within:
            typed = re.split(f"[{re.escape(self._within)}]", typed)[-1]
        wanted = plain(typed.strip())
        begun = [name for name in self._choices if plain(name).startswith(wanted)]
        found = [*begun, *(name for name in self._choices if name not in begun and wanted in plain(name))]
        found = found or [name for name, about in self._choices.items() if wanted in plain(about)]
        if typed.strip() not in self._choices:
            for name in found:
                yield Completion(name, start_position=-len(typed), display_meta=visible(self._choices[name]))


class _Checked(Validator):
    def __init__(self, check: Check | None, *, required: bool) -> None:
        self._check = check
        self._required = required

    def validate(self, document: Document) -> None:
        if self._required and not document.text.strip():
            raise ValidationError(message="this is needed")
        try:
            if self._check is not None and document.text.strip():
                self._check(document.text.strip())
        except StanceError as error:
            raise ValidationError(cursor_position=len(document.text), message=visible(str(error))) from None
