"""One theme and a handful of chart kinds; no analysis.

The colours are names for roles: the press exchanges them for those of the reader's light or dark page.
"""

import datetime

import matplotlib as mpl
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from broadsheet import schema

INK, MUTED, GRID, ACCENT, FAINT = "#1b1b1a", "#63625f", "#dcdad5", "#0072b2", "#9cc3dc"
WIDTH = 5.0  # inches; a figure is drawn at the width of a phone held upright, and grows from there

MOST_POINTS = 40  # beyond these, points and bars run together: a line within a band reads better
MOST_LABELS = 3  # days whose dates are written into a figure

THEME = {
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "ytick.left": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}


def ranked(rows: pd.DataFrame, unit: str, form: str, zero: bool = True) -> Figure:
    """Draw one point per row, the first on top, with its interval where there is one.

    rows : labelled by its index: value, low, high. form : of the numbers on the axis.
    zero : the axis begins at zero, as lengths need; else a line marks zero.
    """
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 0.55 + 0.235 * len(rows)), layout="constrained")
        ax = fig.subplots()
        height = np.arange(len(rows))[::-1]
        ax.hlines(height, rows["low"], rows["high"], color=FAINT, linewidth=3.5)
        ax.plot(rows["value"], height, "o", color=ACCENT, markersize=5.5)
        ax.set_yticks(height, [_plain(label) for label in rows.index])
        ax.set_ylim(-0.7, len(rows) - 0.3)
        ax.grid(axis="x")
        if zero:
            ax.set_xlim(left=0)
        else:
            ax.axvline(0, color=MUTED, linewidth=0.9)
        _number_axis(ax.xaxis, form)
        ax.set_xlabel(unit, loc="left")
    return fig


def coverage(counts: pd.Series, unit: str) -> Figure:
    """Draw one column per period; `counts` has a PeriodIndex without holes, zero where nothing came."""
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 2.3), layout="constrained")
        ax = fig.subplots()
        days = _width(counts.index)
        ax.bar(_middle(counts.index), counts, width=days * 0.86, color=ACCENT)
        _time_axis(ax, counts.index, most=5)
        _number_axis(ax.yaxis, ",.0f", integer=True)
        ax.set_title(unit, fontweight="normal", color=MUTED)
    return fig


def presence(counts: pd.DataFrame, unit: str) -> Figure:
    """Draw a row per outlet and in it a dot per period, its area by the count; nothing where there is none.

    counts : outlets by periods (columns a PeriodIndex without holes), the first outlet on top.
    """
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 0.75 + 0.28 * len(counts)), layout="constrained")
        ax = fig.subplots()
        row, column = np.nonzero(counts.to_numpy())
        number = counts.to_numpy()[row, column]
        widest = min(14, 250 / len(counts.columns))  # points, so that neighbours do not run together
        area = np.maximum(number / max(number.max(initial=1), 1) * widest**2, 2)
        height = np.arange(len(counts))[::-1]
        ax.scatter(_middle(counts.columns)[column], height[row], s=area, color=ACCENT, linewidths=0)
        _time_axis(ax, counts.columns, most=5)
        ax.grid(visible=False, axis="y")
        ax.hlines(height, *ax.get_xlim(), color=GRID, linewidth=0.6, zorder=0)
        ax.set_yticks(height, [_plain(label) for label in counts.index])
        ax.set_ylim(-0.7, len(counts) - 0.3)
        most = f"; the largest dot: {number.max(initial=0):,}"
        ax.set_title(unit + most, fontweight="normal", color=MUTED)
    return fig


def over_time(panels: dict[str, pd.DataFrame], unit: str, form: str, zero: bool = True) -> Figure:
    """Draw one small panel per key, all on the same scale: points joined by a line, with intervals.

    panels : per panel one row per period (a PeriodIndex without holes): value, low, high, thin.
        A missing value is a gap in the line; a thin one is drawn hollow.
    zero : the axis begins at zero; else a line marks zero.
    """
    with mpl.rc_context(THEME):
        columns = 1 if len(panels) == 1 else 2
        lines = -(-len(panels) // columns)
        fig = Figure(figsize=(WIDTH, 0.45 + (2.2 if len(panels) == 1 else 1.4) * lines), layout="constrained")
        axes = fig.subplots(lines, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for ax, (name, panel) in zip(axes, panels.items(), strict=False):
            _line(ax, panel)
            ax.set_title(_plain(name) if len(panels) > 1 else "")
            _time_axis(ax, panel.index, most=6 if columns == 1 else 3)
            _number_axis(ax.yaxis, form)
            if not zero:
                ax.axhline(0, color=MUTED, linewidth=0.9)
        for ax in axes[len(panels) :]:
            ax.set_axis_off()
        if zero:
            axes[0].set_ylim(bottom=0)
        fig.suptitle(unit, x=0.01, ha="left", fontsize=9, color=MUTED)
    return fig


def named_dates(mentions: pd.Series, published: pd.Series) -> Figure:
    """Draw above how often each day is named, below how many articles appeared on each day.

    mentions, published : counts by day.
    """
    with mpl.rc_context(THEME):
        fig = Figure(figsize=(WIDTH, 3.0), layout="constrained")
        above, below = fig.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        above.vlines(mentions.index, 0, mentions, color=FAINT, linewidth=2)
        if len(mentions) <= MOST_POINTS:
            above.plot(mentions.index, mentions, "o", color=ACCENT, markersize=4.5)
        above.set_title("times the day is named", fontweight="normal", color=MUTED)
        days = mentions.index.union(published.index)
        by_mentions = mentions.sort_values(ascending=False, kind="stable").index
        for day in _apart(by_mentions, (days[-1] - days[0]) / 5)[:MOST_LABELS]:
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
            _number_axis(ax.yaxis, ",.0f", integer=True)
        _date_labels(below, most=6)
    return fig


def _apart(days: pd.DatetimeIndex, least: pd.Timedelta) -> list[pd.Timestamp]:
    """Return days whose dates do not run into one another: the first, then each so far from those already taken."""
    taken: list[pd.Timestamp] = []
    for day in days:
        if all(abs(day - other) >= least for other in taken):
            taken.append(day)
    return taken


def _line(ax: Axes, panel: pd.DataFrame) -> None:
    when, value = _middle(panel.index), panel["value"].to_numpy(dtype=float)
    thin = panel["thin"].to_numpy(dtype=bool)
    ax.plot(when, np.where(thin, np.nan, value), "-", color=ACCENT, linewidth=1.2)
    if len(panel) > MOST_POINTS:
        ax.fill_between(when, panel["low"].astype(float), panel["high"].astype(float), color=FAINT, linewidth=0)
        gap = np.isnan(np.concatenate([[np.nan], np.where(thin, np.nan, value), [np.nan]]))
        firm = gap[:-2] & gap[2:] & ~thin  # a point between two gaps has no line to show it
    else:
        ax.vlines(when, panel["low"], panel["high"], color=FAINT, linewidth=3)
        firm = ~thin
    ax.plot(when[firm], value[firm], "o", color=ACCENT, markersize=4)
    ax.plot(when[thin], value[thin], "o", markerfacecolor="none", markeredgecolor=ACCENT, markersize=4)


def _time_axis(ax: Axes, index: pd.PeriodIndex, most: int) -> None:
    """Label an axis of periods: each by its name where at most `most` fit, else a few dates."""
    ax.grid(axis="y")
    half = _width(index) * 0.6
    ax.set_xlim(_middle(index)[0] - half, _middle(index)[-1] + half)
    if len(index) <= most:
        ax.set_xticks(_middle(index), [schema.when(period).removeprefix("week of ") for period in index])
    else:
        _date_labels(ax, most)


def _date_labels(ax: Axes, most: int) -> None:
    """Label a time axis with at most `most` dates, horizontal and unambiguous."""
    first, last = ax.get_xlim()
    form = next(form for days, form in ((120, "day"), (4 * 365, "%b %Y"), (np.inf, "%Y")) if last - first < days)
    ax.xaxis.set_major_locator(mpl.dates.AutoDateLocator(minticks=2, maxticks=most, interval_multiples=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _dated(mpl.dates.num2date(x), form)))


def _dated(day: datetime.datetime, form: str) -> str:
    return f"{day.day} {day:%b}" if form == "day" else day.strftime(form)


def _number_axis(axis: mpl.axis.Axis, form: str, integer: bool = False) -> None:
    axis.set_major_locator(MaxNLocator(nbins=4, integer=integer))
    axis.set_major_formatter(FuncFormatter(lambda x, _: format(x, form).replace("-", "−") if x else "0"))


def _middle(index: pd.PeriodIndex) -> np.ndarray:
    """Return the middle of each period in days since 1970, matplotlib's own count: it reaches any year."""
    return (index.asfreq("D", "start").asi8 + index.asfreq("D", "end").asi8 + 1) / 2


def _width(index: pd.PeriodIndex) -> int:
    """Return the days of the first period."""
    return int(index.asfreq("D", "end").asi8[0] - index.asfreq("D", "start").asi8[0]) + 1


def _plain(label: str) -> str:
    """Keep matplotlib from reading a dollar sign in a label as mathematics."""
    return str(label).replace("$", r"\$")
