"""YAML: one list of mappings."""

from typing import Any

import yaml

from stancectl.report.report import Table
from stancectl.report.unsafe import UNSAFE


class _Dumper(yaml.SafeDumper):
    """Readable letters, unsafe characters escaped, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    if not UNSAFE.search(value):
        return dumper.represent_str(value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')


_Dumper.add_representer(str, _text)


def write(table: Table) -> str:
    """One list."""
    rows = [dict(row) for row in table.rows]
    written: str = yaml.dump(rows, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else f"\\U{ord(match[0]):08x}", written)
