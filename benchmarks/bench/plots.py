"""Draws two plots as SVG: the servers beside each other, and requests a second as things grow."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.tables import Table
from bench.throughput import OURS, RATE

_OURS_COLOUR, _OTHER_COLOUR = "#1f77b4", "#b8b8b8"
_CURVES = "history: "


def draw(tables: Mapping[str, Table], folder: Path) -> dict[str, str]:
    """Draw what was measured into two files; return their names by what they show."""
    # Texts stay texts, and nothing in the file changes from run to run but what was measured.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "remo-mock", "font.size": 9})
    figures = {
        ("Requests a second of each server", "ratios.svg"): _ratios(tables),
        ("Requests a second as things grow", "growth.svg"): _growth(tables),
    }
    drawn = {}
    for (about, name), figure in figures.items():
        if figure is not None:
            figure.savefig(folder / name, metadata={"Date": None, "Creator": None})
            drawn[about] = name
    return drawn


def _ratios(tables: Mapping[str, Table]) -> Figure | None:
    """Draw requests a second as a ratio to this server with two workers, one panel for each workload."""
    loads = [table for name, table in tables.items() if name.startswith("throughput ") and table.rows]
    if not loads:
        return None
    figure = Figure(figsize=(11, 3.6), layout="constrained")
    panels = figure.subplots(1, len(loads), sharex=True, sharey=True, squeeze=False)[0]
    for panel, table in zip(panels, loads, strict=True):
        own = table.median(OURS[2], RATE) or 1.0
        rows = list(reversed(table.rows))
        ratios = [(table.median(row, RATE) or 0.0) / own for row in rows]
        colours = [_OURS_COLOUR if row in OURS.values() else _OTHER_COLOUR for row in rows]
        bars = panel.barh([row.replace(", ", ",\n", 1) for row in rows], ratios, color=colours)
        over_the_line = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        panel.bar_label(bars, labels=[f"{ratio:.2g}" for ratio in ratios], padding=3, bbox=over_the_line)
        panel.axvline(1, color="black", linewidth=0.8)
        panel.set_xscale("log")
        panel.margins(x=0.3)
        panel.tick_params(axis="x", which="both", labelbottom=False)  # the bars have their figures
        panel.set_title(table.name.removeprefix("throughput "))
    figure.suptitle(f"requests/s, {OURS[2]} = 1")
    return figure


def _growth(tables: Mapping[str, Table]) -> Figure | None:
    """Draw a curve for each thing that grows, with the range of the rounds."""
    curves = [table for name, table in tables.items() if name.startswith(_CURVES) and table.rows]
    if not curves:
        return None
    figure = Figure(figsize=(11, 5), layout="constrained")
    panels = figure.subplots(2, -(-len(curves) // 2), squeeze=False)
    for panel in panels.flat[len(curves) :]:
        panel.set_axis_off()
    for panel, table in zip(panels.flat, curves, strict=False):
        at = range(len(table.rows))  # each step has its place, whether it doubles or is ten times as much
        rates = [cells[RATE] for cells in table.rows.values()]
        medians = [table.median(row, RATE) or 0.0 for row in table.rows]
        panel.fill_between(at, [min(one) for one in rates], [max(one) for one in rates], color=_OTHER_COLOUR, alpha=0.5)
        panel.plot(at, medians, marker="o", clip_on=False, color=_OURS_COLOUR)
        panel.set_ylim(0, max(max(one) for one in rates) * 1.15)
        panel.set_xticks(at, labels=list(table.rows))
        panel.set_xlabel(table.label)
    figure.supylabel("requests/s")
    return figure
