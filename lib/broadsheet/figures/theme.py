"""The theme and the axes that all charts share."""

import datetime
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from broadsheet import schema

THEME = mpl.rc_params_from_file(Path(__file__).with_name("theme.mplstyle"), use_default_template=False)
INK, MUTED, GRID = (THEME[of] for of in ("text.color", "axes.edgecolor", "grid.color"))
ACCENT, FAINT = "#0072b2", "#9cc3dc"
WIDTH = 5.0  # inches: the width of an upright phone; wider pages scale the figure up

MOST_POINTS = 40  # with more of them points and bars run together, and a line within a band reads better
MOST_LABELS = 3  # dates written into a figure of days


def apart(days: pd.DatetimeIndex, least: pd.Timedelta) -> list[pd.Timestamp]:
    """Choose days at least `least` apart, the first ones first, so that their dates do not overlap."""
    taken: list[pd.Timestamp] = []
    for day in days:
        if all(abs(day - other) >= least for other in taken):
            taken.append(day)
    return taken


def line(ax: Axes, panel: pd.DataFrame, column: str) -> None:
    """Draw a column of a panel over its periods as a line with intervals; a missing value is a gap."""
    when, value = middle(panel.index), panel[column].to_numpy(dtype=float)
    low, high = (panel[f"{column}{end}"].astype(float) for end in ("_low", "_high"))
    thin = panel["thin"].to_numpy(dtype=bool)
    ax.plot(when, np.where(thin, np.nan, value), "-", color=ACCENT, linewidth=1.2)
    if len(panel) > MOST_POINTS:
        ax.fill_between(when, low, high, color=FAINT, linewidth=0)
        gap = np.isnan(np.concatenate([[np.nan], np.where(thin, np.nan, value), [np.nan]]))
        firm = gap[:-2] & gap[2:] & ~thin  # a point between two gaps has no line to show it
    else:
        ax.vlines(when, low, high, color=FAINT, linewidth=3)
        firm = ~thin
    ax.plot(when[firm], value[firm], "o", color=ACCENT, markersize=4)
    ax.plot(when[thin], value[thin], "o", markerfacecolor="none", markeredgecolor=ACCENT, markersize=4)


def time_axis(ax: Axes, index: pd.PeriodIndex, most: int) -> None:
    """Label an axis of periods: every period if there are at most `most`, otherwise a few dates."""
    ax.grid(axis="y")
    half = width(index) * 0.6
    ax.set_xlim(middle(index)[0] - half, middle(index)[-1] + half)
    if len(index) <= most:
        ax.set_xticks(middle(index), [schema.when(period).removeprefix("week of ") for period in index])
    else:
        date_labels(ax, most)


def date_labels(ax: Axes, most: int) -> None:
    """Label a time axis with at most `most` dates, horizontal and unambiguous."""
    first, last = ax.get_xlim()
    form = next(form for days, form in ((120, "day"), (4 * 365, "%b %Y"), (np.inf, "%Y")) if last - first < days)
    ax.xaxis.set_major_locator(mpl.dates.AutoDateLocator(minticks=2, maxticks=most, interval_multiples=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _dated(mpl.dates.num2date(x), form)))


def _dated(day: datetime.datetime, form: str) -> str:
    return f"{day.day} {day:%b}" if form == "day" else day.strftime(form)


def number_axis(axis: mpl.axis.Axis, form: str, integer: bool = False) -> None:
    """Label an axis with a few numbers of that form, without trailing zeros."""
    axis.set_major_locator(MaxNLocator(nbins=4, integer=integer))
    axis.set_major_formatter(FuncFormatter(lambda x, _: _tick(x, form)))


def _tick(x: float, form: str) -> str:
    text = re.sub(r"(\.\d*?)0+(?=%?$)", r"\1", format(x, form)) if x else "0"
    return text.replace(".%", "%").removesuffix(".").replace("-", "−")


def middle(index: pd.PeriodIndex) -> np.ndarray:
    """Return the middle of each period in days since 1970, as matplotlib counts them."""
    return (index.asfreq("D", "start").asi8 + index.asfreq("D", "end").asi8 + 1) / 2


def width(index: pd.PeriodIndex) -> int:
    """Return the length of the first period in days."""
    return int(index.asfreq("D", "end").asi8[0] - index.asfreq("D", "start").asi8[0]) + 1


def plain(label: str) -> str:
    """Keep matplotlib from reading a dollar sign in a label as mathematics."""
    return str(label).replace("$", r"\$")
