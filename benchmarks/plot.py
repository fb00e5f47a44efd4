"""The plot of results: how long showing one country takes each tool, by the number of statements."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from measure import Key
from peers import FLOOR, PEERS
from targets import Results
from tasks import OURS

INK = "#7d8590"
"""Legible on white and on black."""
COLOURS = {OURS: "#d9480f", FLOOR: INK}
OTHERS = "#3b82c4"
APART = 0.035
"""How far labels are from each other at least, of the height of the plot."""


def draw(results: Results, sizes: Sequence[int], path: Path) -> None:
    """Draw it into an SVG file; the same results give the same file."""
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": OURS})
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    ends = {}
    for tool in (*map(str, PEERS), OURS):
        points = [(size, results[key].median) for size in sizes if (key := Key(tool, "show", size)) in results]
        if points:
            axes.plot(*zip(*points, strict=True), color=_colour(tool), linewidth=3 if tool == OURS else 1.5, marker="o")
            ends[tool] = points[-1]
    axes.set(xscale="log", yscale="log", xlabel="statements", ylabel="seconds, median")
    axes.xaxis.set_major_locator(FixedLocator(list(sizes)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.tick_params(which="both", colors=INK)
    axes.xaxis.label.set_color(INK)
    axes.yaxis.label.set_color(INK)
    axes.grid(visible=True, color=INK, alpha=0.25)
    for name, spine in axes.spines.items():
        spine.set(visible=name in {"left", "bottom"}, color=INK)
    low, high = axes.get_ylim()
    apart = (high / low) ** APART
    height = 0.0
    for tool, (size, seconds) in sorted(ends.items(), key=lambda end: end[1][1]):
        height = max(seconds, height * apart)
        label = f"{tool}, indexed" if tool == FLOOR else tool
        axes.annotate(
            label, (size, height), (10, 0), textcoords="offset points", va="center", color=_colour(tool), annotation_clip=False
        )
    figure.savefig(path, transparent=True, metadata={"Date": None})


def _colour(tool: str) -> str:
    return COLOURS.get(tool, OTHERS)
