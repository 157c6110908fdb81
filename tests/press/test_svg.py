"""A picture within a page: sized and coloured by the page, said in words, its text untouched."""

import io
import re

import pytest
from matplotlib.figure import Figure

from broadsheet import figures
from broadsheet.press.svg import themed

COLOURS = {name: getattr(figures, name) for name in ("INK", "MUTED", "GRID", "ACCENT", "FAINT")}


def drawn(label: str = "eels") -> str:
    fig = Figure()
    ax = fig.subplots()
    for height, colour in enumerate(COLOURS.values()):
        ax.plot([0, 1], [height, height], "o-", color=colour)
    ax.set_xlabel(label)
    sink = io.StringIO()
    fig.savefig(sink, format="svg")
    return sink.getvalue()[sink.getvalue().index("<svg") :]


def test_colours_become_roles_of_the_page():
    picture = themed(drawn(), "Five lines.")
    assert all(colour in drawn().lower() for colour in COLOURS.values())
    assert not any(colour in picture.lower() for colour in COLOURS.values())
    assert len(set(re.findall(r"var\(--(\w+)\)", picture))) == len(COLOURS)


def test_the_page_sets_the_size_and_the_alt_text_is_said(elements):
    (tag, given), *_ = elements(themed(drawn(), 'The "lock" & <weir>'))
    assert tag == "svg"
    assert given["role"] == "img"
    assert given["aria-label"] == 'The "lock" & <weir>'
    assert "viewbox" in given
    assert not {"width", "height"} & set(given)


@pytest.mark.parametrize("alt", [r"The file C:\gauge", r"Group \1", r"A \n B"])
def test_a_backslash_in_the_alt_text_is_a_backslash(elements, alt):
    assert elements(themed(drawn(), alt))[0][1]["aria-label"] == alt


def test_nothing_refers_to_a_style_or_a_place_that_is_gone(elements):
    picture = themed(drawn(), "Five lines.")
    found = elements(picture)
    assert not {tag for tag, _ in found} & {"style", "metadata", "script"}
    ids = {given["id"] for _, given in found if "id" in given}
    used = {value.lstrip("#") for _, given in found for name, value in given.items() if name.endswith("href")}
    assert used <= ids
    assert {*re.findall(r"url\(#([^)]+)\)", picture)} <= ids


def test_many_dots_and_lines_become_a_few_paths_that_draw_them_all():
    """Forty dots of four sizes, sixty ticks of one style: forty circles of two arcs each, sixty lines."""
    fig = Figure()
    ax = fig.subplots()
    ax.set_axis_off()
    ax.scatter(range(40), range(40), s=[20, 40, 60, 80] * 10, color=figures.ACCENT, linewidths=0)
    ax.vlines(range(60), 0, 1, color=figures.MUTED)
    sink = io.StringIO()
    fig.savefig(sink, format="svg")
    picture = themed(sink.getvalue(), "Dots and ticks.")
    assert len(picture) < len(sink.getvalue()) / 3
    assert (picture.count(" a "), picture.count(" M ") + picture.count('"M ')) == (80, 40 + 60 + 1)
    assert "C " not in picture


def test_markup_in_a_label_stays_text(elements):
    assert "script" not in {tag for tag, _ in elements(themed(drawn("<script>x()</script>"), "a"))}
