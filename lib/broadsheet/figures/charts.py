"""A handful of chart kinds: no analysis. Each returns None and draws nothing if there is no row."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from broadsheet import schema
from broadsheet.figures.theme import (
    ACCENT,
    FAINT,
    GRID,
    MOST_LABELS,
    MOST_POINTS,
    MUTED,
    THEME,
    WIDTH,
    apart,
    date_labels,
    line,
    middle,
    number_axis,
    plain,
    time_axis,
    width,
)


def ranked(rows: pd.DataFrame, column: str, unit: str, zero: bool = True) -> Figure | None:
    """Draw one point per row, the first at the top, with its interval if it has one.

    rows : labelled by the index: `column`, and its `_low` and `_high` where known; where there is a column sure, the
        points that are not sure are hollow.
    zero : the axis begins at zero, as lengths need; otherwise a line marks zero.
    """
    if rows.empty:
        return None
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 0.55 + 0.235 * len(rows)), layout="constrained")
        ax = fig.subplots()
        height = np.arange(len(rows))[::-1]
        low, high = (rows.get(f"{column}{end}", rows[column]).astype(float) for end in ("_low", "_high"))
        ax.hlines(height, low, high, color=FAINT, linewidth=3.5)
        sure = rows["sure"].to_numpy(dtype=bool) if "sure" in rows else np.ones(len(rows), dtype=bool)
        ax.plot(rows[column][sure], height[sure], "o", color=ACCENT, markersize=5.5)
        if not sure.all():
            ax.plot(rows[column][~sure], height[~sure], "o", color=MUTED, markerfacecolor="none", markersize=5.5)
        ax.set_yticks(height, [plain(label) for label in rows.index])
        ax.set_ylim(-0.7, len(rows) - 0.3)
        ax.grid(axis="x")
        if zero:
            ax.set_xlim(left=0)
        else:
            ax.axvline(0, color=MUTED, linewidth=0.9)
        number_axis(ax.xaxis, schema.column(column, rows[column]).form)
        ax.set_xlabel(unit, loc="left")
    return fig


def coverage(counts: pd.Series, unit: str) -> Figure | None:
    """Draw one column per period; `counts` has a PeriodIndex without gaps. A single period is no picture."""
    if len(counts) < 2:
        return None
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 2.3), layout="constrained")
        ax = fig.subplots()
        days = width(counts.index)
        ax.bar(middle(counts.index), counts, width=days * 0.86, color=ACCENT)
        time_axis(ax, counts.index, most=5)
        number_axis(ax.yaxis, ",.0f", integer=True)
        ax.set_title(unit, fontweight="normal", color=MUTED)
    return fig


def presence(counts: pd.DataFrame, unit: str) -> Figure | None:
    """Draw a row per outlet or term and in it a dot per period; its area shows the count or rate.

    counts : rows by periods (columns: a PeriodIndex without gaps), the first row at the top. A single period is no picture.
    """
    if counts.empty or len(counts.columns) < 2:
        return None
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 0.75 + 0.28 * len(counts)), layout="constrained")
        ax = fig.subplots()
        row, column = np.nonzero(counts.to_numpy())
        number = counts.to_numpy()[row, column]
        widest = min(14, 250 / len(counts.columns))  # in points; neighbours must not touch
        area = np.maximum(number / max(number.max(initial=1), 1) * widest**2, 2)
        height = np.arange(len(counts))[::-1]
        ax.scatter(middle(counts.columns)[column], height[row], s=area, color=ACCENT, linewidths=0)
        time_axis(ax, counts.columns, most=5)
        ax.grid(visible=False, axis="y")
        ax.hlines(height, *ax.get_xlim(), color=GRID, linewidth=0.6, zorder=0)
        ax.set_yticks(height, [plain(label) for label in counts.index])
        ax.set_ylim(-0.7, len(counts) - 0.3)
        most = f"; the largest dot: {number.max(initial=0):,.0f}"
        ax.set_title(unit + most, fontweight="normal", color=MUTED)
    return fig


def over_time(panels: dict[str, pd.DataFrame], column: str, unit: str, zero: bool = True) -> Figure | None:
    """Draw one small panel per key, all on the same scale: points joined by a line, with intervals.

    panels : per panel one row per period (a PeriodIndex without gaps): `column`, its `_low` and `_high`, thin.
        A missing value is a gap in the line; a thin one is drawn hollow. A single period is no picture.
    zero : the axis begins at zero; otherwise a line marks zero.
    """
    if max(map(len, panels.values()), default=0) < 2:
        return None
    with mpl.rc_context(THEME):
        columns = 1 if len(panels) == 1 else 2
        lines = -(-len(panels) // columns)
        fig = Figure(figsize=(WIDTH, 0.45 + (2.2 if len(panels) == 1 else 1.4) * lines), layout="constrained")
        axes = fig.subplots(lines, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for ax, (name, panel) in zip(axes, panels.items(), strict=False):
            line(ax, panel, column)
            ax.set_title(plain(name) if len(panels) > 1 else "")
            time_axis(ax, panel.index, most=6 if columns == 1 else 3)
            number_axis(ax.yaxis, schema.column(column, panel[column]).form)
            if not zero:
                ax.axhline(0, color=MUTED, linewidth=0.9)
        for ax in axes[len(panels) :]:
            ax.set_axis_off()
        if zero:
            axes[0].set_ylim(bottom=0)
        fig.suptitle(unit, x=0.01, ha="left", fontsize=9, color=MUTED)
    return fig


def named_dates(mentions: pd.Series, published: pd.Series) -> Figure | None:
    """Draw how often each day is named and, below, how many articles appeared on each day.

    mentions, published : counts by day.
    """
    if mentions.empty or published.empty:
        return None
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 3.0), layout="constrained")
        above, below = fig.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        above.vlines(mentions.index, 0, mentions, color=FAINT, linewidth=2)
        if len(mentions) <= MOST_POINTS:
            above.plot(mentions.index, mentions, "o", color=ACCENT, markersize=4.5)
        above.set_title("times the day is named", fontweight="normal", color=MUTED)
        days = mentions.index.union(published.index)
        by_mentions = mentions.sort_values(ascending=False, kind="stable").index
        for day in apart(by_mentions, (days[-1] - days[0]) / 5)[:MOST_LABELS]:
            at = day, mentions[day]
            above.annotate(schema.when(day), at, xytext=(0, 5), textcoords="offset points", ha="center")
        below.vlines(published.index, 0, published, color=MUTED, linewidth=2)
        below.set_title("articles published", fontweight="normal", color=MUTED)
        margin = max((days[-1] - days[0]) * 0.04, pd.Timedelta(days=2))
        above.set_xlim(days[0] - margin, days[-1] + margin)
        above.set_ylim(top=mentions.max() * 1.18)
        for ax in (above, below):
            ax.set_ylim(bottom=0)
            ax.grid(axis="y")
            number_axis(ax.yaxis, ",.0f", integer=True)
        date_labels(below, most=6)
    return fig
