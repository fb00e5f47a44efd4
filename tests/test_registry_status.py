"""The page on the state of the shipped registry is what its script writes for the day it names."""

import re
import sys
from datetime import date

from running import check_golden
from shell import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import registry_status


def test_the_page_is_what_the_script_writes() -> None:
    written = registry_status.PAGE.read_text(encoding="utf-8")
    named = re.search(r"As of ([0-9-]+)\.", written)
    assert named is not None
    check_golden(registry_status.PAGE, registry_status.page(date.fromisoformat(named[1])))
