"""Make matplotlib's SVG part of a page: smaller, and in colours that follow the reader's setting."""

import html
import re

from broadsheet import figures

_ROLES = {
    figures.INK: "ink",
    figures.MUTED: "muted",
    figures.GRID: "rule",
    figures.ACCENT: "accent",
    figures.FAINT: "faint",
}
_CURVES = re.compile(r'd="M ([\d.]+) ([\d.]+)((?:\s+C(?: [\d.]+){6}){8})\s+z\s*"')
_STYLE = (
    r'[^>]* style="fill: (?:none; stroke: (?:(?!opacity)[^>"])*|[^;"]*)"'  # nothing that adds up where paths overlap
)
_ALIKE = re.compile(rf'<path d="[^"]*"({_STYLE})/>(?:\s*<path d="[^"]*"\1/>)+')
_MARKS = re.compile(r'<use (xlink:href="[^"]*")[^>]*?( style="[^"]*")/>(?:\s*<use \1[^>]*?\2/>)+')


def themed(svg: str, alt: str) -> str:
    """Return `svg` for use inside a page, which sets its size and colours; a screen reader reads `alt`."""
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r' id="[\w.]+_\d+"', "", svg)  # names of groups, the same in every picture; clip paths keep theirs
    for colour, role in _ROLES.items():
        svg = re.sub(colour, f"var(--{role})", svg, flags=re.IGNORECASE)
    svg = _CURVES.sub(_circle, svg)
    svg = re.sub(r' (?:d|x|y|transform)="[^"]*"', _rounded, re.sub(r"\n\s*", "\n", svg))
    svg = _MARKS.sub(lambda marks: f"<g{marks[2]}>{marks[0].replace(marks[2], '')}</g>", _ALIKE.sub(_joined, svg))
    size = re.search(r'viewBox="[^"]+"', svg)
    root = f'<svg {size[0] if size else ""} role="img" aria-label="{html.escape(alt)}">'
    return root + svg[svg.index(">", svg.index("<svg")) + 1 :]


def thumbnail(picture: str) -> str:
    """Return a themed picture for the index: without its text, and drawn less exactly."""
    return re.sub(r"<text.*?</text>\s*|(?<=\d\.\d)\d(?=[ \"])", "", picture, flags=re.DOTALL)


def _rounded(places: re.Match) -> str:
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", places[0])


def _circle(curves: re.Match) -> str:
    """Write a closed path of eight curves as two arcs, if it is a circle: a tenth of the size."""
    x, y, ends = float(curves[1]), float(curves[2]), re.findall(r"([\d.]+) ([\d.]+)(?=\s+C|$)", curves[3])
    radius = (float(ends[3][1]) - y) / 2
    if abs(abs(float(ends[1][0]) - x) - abs(radius)) > abs(radius) / 20:
        return curves[0]
    arc = f"a {abs(radius):.2f} {abs(radius):.2f} 0 1 0 0"
    return f'd="M {x} {y} {arc} {2 * radius:.2f} {arc} {-2 * radius:.2f}"'


def _joined(lines: re.Match) -> str:
    """Join neighbouring paths of one style into one: a chart of a thousand ticks becomes a tenth of the size."""
    strokes = " ".join(re.findall(r' d="([^"]*)"', lines[0]))
    return f'<path d="{" ".join(strokes.split())}"{lines[1]}/>'
