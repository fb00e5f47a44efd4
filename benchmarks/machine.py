"""Where it was measured: the machine, and the versions of what ran on it."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import peers


def machine() -> str:
    """The processor, its cores and the system."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def python() -> str:
    """Python, and the packages that ours are built on."""
    packages = (f"{name} {version(name.lower())}" for name in ("Typer", "Rich", "pydantic", "PyYAML"))
    return ", ".join([f"Python {platform.python_version()}", *packages])


def tools() -> str:
    """The peers, with their versions."""
    return ", ".join(peers.version(program) for program in peers.PROGRAMS if peers.found(program))


def missing() -> str:
    """The peers that are not installed."""
    return ", ".join(program for program in peers.PROGRAMS if not peers.found(program))
