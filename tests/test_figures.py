"""Figures: what is drawn, what is labelled, and data too thin to draw much of."""

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import figures

MONTHS = pd.period_range("2019-01", periods=3, freq="M")
PANEL = pd.DataFrame(
    {
        "tone": [1.0, np.nan, 3.0],
        "tone_low": [0.5, np.nan, np.nan],
        "tone_high": [2.0, np.nan, np.nan],
        "thin": [False, True, True],
    },
    index=MONTHS,
)
ROWS = pd.DataFrame(
    {"tone": [3.0, 2.0], "tone_low": [2.5, np.nan], "tone_high": [3.5, np.nan]}, index=["lamp", "$9 _x_"]
)


def texts(figure):
    """Draw the figure and return every text in it that is not blank."""
    figure.savefig(io.StringIO(), format="svg")
    return [
        text.get_text() for text in figure.findobj(match=lambda artist: hasattr(artist, "get_text")) if text.get_text()
    ]


def points(ax):
    """Return the data of every marker drawn, hollow and full apart."""
    marked = [line for line in ax.lines if line.get_marker() == "o"]
    hollow = [line for line in marked if line.get_markerfacecolor() == "none"]
    return (
        [y for line in lines for y in line.get_ydata()] for lines in ([m for m in marked if m not in hollow], hollow)
    )


def test_rows_are_ranked_from_the_top_each_with_its_label():
    figure = figures.ranked(ROWS, "tone", "uses per million words")
    (ax,) = figure.axes
    ticks = dict(zip(ax.get_yticks(), (tick.get_text() for tick in ax.get_yticklabels()), strict=True))
    (dots,) = ax.lines
    assert [ticks[height] for height in dots.get_ydata()] == ["lamp", r"\$9 _x_"]
    assert dots.get_ydata()[0] > dots.get_ydata()[1]
    assert list(dots.get_xdata()) == [3, 2]
    assert ax.get_xlim()[0] == 0
    assert "uses per million words" in texts(figure)


def test_without_a_zero_base_a_line_marks_zero():
    (ax,) = figures.ranked(ROWS - 3, "tone", "tone", zero=False).axes
    assert [list(line.get_xdata()) for line in ax.lines[1:]] == [[0, 0]]


def test_points_that_are_not_sure_are_hollow():
    figure = figures.ranked(ROWS.assign(sure=[False, True]), "tone", "log ratio")
    full, hollow = points(figure.axes[0])
    assert (full, hollow) == ([0], [1])


def test_coverage_draws_one_column_per_period_zero_included():
    (ax,) = figures.coverage(pd.Series([4, 0, 2], index=MONTHS), "articles").axes
    assert [bar.get_height() for bar in ax.patches] == [4, 0, 2]


def test_over_time_a_missing_value_is_a_gap_and_a_thin_one_hollow_and_unjoined():
    (ax,) = figures.over_time({"tone": PANEL}, "tone", "mean tone", zero=False).axes
    joined = next(line for line in ax.lines if line.get_linestyle() == "-" and len(line.get_ydata()) == 3)
    assert np.isnan(joined.get_ydata()).tolist() == [False, True, True]
    full, hollow = points(ax)
    assert full == [1]
    assert [y for y in hollow if not np.isnan(y)] == [3]


def test_panels_share_their_scale_and_each_names_its_own():
    panels = {name: PANEL.assign(tone=PANEL["tone"] * factor) for name, factor in [("lamp", 1), ("a $ b", 9), ("x", 2)]}
    figure = figures.over_time(panels, "tone", "uses")
    shown = [ax for ax in figure.axes if ax.axison]
    assert [ax.get_title(loc="left") for ax in shown] == ["lamp", r"a \$ b", "x"]
    assert len({ax.get_ylim() for ax in shown}) == 1
    assert shown[0].get_ylim()[0] == 0
    assert shown[0].get_ylim()[1] >= 27


def test_named_days_stand_above_the_days_of_publication():
    days = pd.to_datetime(["2019-02-04", "2019-03-01"])
    figure = figures.named_dates(pd.Series([4, 1], index=days), pd.Series([3], index=days[:1]))
    above, below = figure.axes
    assert (above.get_title(loc="left"), below.get_title(loc="left")) == (
        "times the day is named",
        "articles published",
    )
    assert "4 Feb 2019" in texts(figure)
    assert above.get_xlim() == below.get_xlim()
    assert above.get_ylim()[1] >= 4


def test_dates_that_would_run_into_one_another_are_not_all_written():
    days = pd.to_datetime(["2019-02-04", "2019-02-05", "2019-02-06", "2019-05-01", "2019-07-01"])
    figure = figures.named_dates(pd.Series([4, 9, 8, 2, 1], index=days), pd.Series([3], index=days[:1]))
    assert [text for text in texts(figure) if text.endswith("2019") and len(text) > 8] == [
        "5 Feb 2019",
        "1 May 2019",
        "1 Jul 2019",
    ]


@pytest.mark.parametrize("freq", ["D", "W-SUN", "M"])
@pytest.mark.parametrize("length", [2, 30, 90])
def test_periods_of_any_width_and_number_are_drawn_within_the_axis(freq, length):
    index = pd.period_range("2019-01-01", periods=length, freq=freq)
    panel = pd.DataFrame({"tone": 1.5, "tone_low": np.nan, "tone_high": np.nan, "thin": True}, index=index)
    for figure in (
        figures.coverage(pd.Series(1, index=index), "articles"),
        figures.over_time({"x": panel}, "tone", "uses"),
    ):
        texts(figure)
        labels = [tick.get_text() for tick in figure.axes[0].get_xticklabels() if tick.get_text()]
        assert 1 <= len(set(labels)) == len(labels) <= 12
        assert not any("nan" in text.casefold() for text in texts(figure))


def test_a_panel_without_a_single_value_is_still_a_picture():
    nothing = PANEL.assign(tone=np.nan, tone_low=np.nan, tone_high=np.nan, thin=True)
    assert "uses" in texts(figures.over_time({"x": nothing}, "tone", "uses"))


@settings(deadline=None, max_examples=10)
@given(st.text("$_^{}\\%&<a", min_size=1, max_size=8))
def test_any_label_is_drawn_as_text(label):
    texts(figures.ranked(ROWS.set_axis([label, "x"]), "tone", "uses"))
    texts(figures.over_time({label: PANEL, "x": PANEL}, "tone", "uses"))


def test_presence_draws_a_dot_where_there_are_articles_and_none_where_there_are_not():
    """Two outlets, three months; areas are as the counts, and the first outlet is on top."""
    counts = pd.DataFrame([[1, 0, 4], [0, 2, 0]], index=["Post", "$Wire"], columns=MONTHS)
    (ax,) = figures.presence(counts, "articles").axes
    dots, _ = ax.collections
    heights, areas = dots.get_offsets()[:, 1].tolist(), dots.get_sizes()
    assert heights == [1, 1, 0]
    assert areas[1] == pytest.approx(4 * areas[0])
    assert areas[2] == pytest.approx(2 * areas[0])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["Post", r"\$Wire"]
    assert "articles; the largest dot: 4" in texts(ax.figure)


def test_nothing_to_draw_is_no_figure():
    none = ROWS.head(0)
    assert figures.ranked(none, "tone", "tone") is figures.over_time({}, "tone", "tone") is None
    assert figures.coverage(pd.Series([4], index=MONTHS[:1]), "articles") is None
    assert figures.presence(pd.DataFrame(), "articles") is None
    assert figures.named_dates(pd.Series(dtype=int), pd.Series(dtype=int)) is None


def test_presence_of_nobody_is_an_empty_figure():
    empty = pd.DataFrame(0, index=["Post"], columns=MONTHS)
    assert "articles; the largest dot: 0" in texts(figures.presence(empty, "articles"))
