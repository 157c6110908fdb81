"""A matplotlib picture made part of a page: small, and in colours that follow the reader's setting."""

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
_ALIKE = re.compile(
    r'<path d="[^"]*"([^>]* style="fill: none; stroke: (?:(?!opacity)[^>"])*")/>(?:\s*<path d="[^"]*"\1/>)+'
)


def themed(svg: str, alt: str) -> str:
    """Return `svg` for use inside a page, which sets its size and colours; a screen reader reads `alt`."""
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r' id="[\w.]+_\d+"', "", svg)  # names of groups, the same in every picture; clip paths keep theirs
    for colour, role in _ROLES.items():
        svg = re.sub(colour, f"var(--{role})", svg, flags=re.IGNORECASE)
    svg = re.sub(r' (?:d|x|y|transform)="[^"]*"', _rounded, re.sub(r"\n\s*", "\n", svg))
    svg = _ALIKE.sub(_joined, svg)
    size = re.search(r'viewBox="[^"]+"', svg)
    root = f'<svg {size[0] if size else ""} role="img" aria-label="{html.escape(alt)}">'
    return root + svg[svg.index(">", svg.index("<svg")) + 1 :]


def thumbnail(picture: str) -> str:
    """Return a themed picture without its text, for the index."""
    return re.sub(r"<text.*?</text>\s*", "", picture, flags=re.DOTALL)


def _rounded(places: re.Match) -> str:
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", places[0])


def _joined(lines: re.Match) -> str:
    """Join neighbouring lines of one style into one path: a chart of a thousand ticks becomes a tenth of the size."""
    strokes = " ".join(re.findall(r' d="([^"]*)"', lines[0]))
    return f'<path d="{" ".join(strokes.split())}"{lines[1]}/>'
