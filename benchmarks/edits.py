"""Changes of one letter in a registry's file, as somebody makes them who corrects it."""

import os
import re
import time
from pathlib import Path


class Edit:
    """Changes the first letter of the first summary in a file, whenever it is called.

    The file is dated a second back, so that it is seen to have changed and taken for settled.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.line = ""

    def __call__(self) -> None:
        """Make the change; `line` is the summary's first line after it."""
        text = self.file.read_text(encoding="utf-8")
        before = re.search(r"summary: >-\n +(.*)", text)
        assert before
        self.line = ("y" if before[1].startswith("x") else "x") + before[1][1:]
        self.file.write_text(text[: before.start(1)] + self.line + text[before.end(1) :], encoding="utf-8")
        then = time.time_ns() - 1_000_000_000
        os.utime(self.file, ns=(then, then))
