"""A matplotlib picture made part of a page: its colours follow the reader's setting."""

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


def themed(svg: str, alt: str) -> str:
    """Return `svg` for use inside a page.

    Its size is the page's to set, its colours are the page's roles, and it says `alt` to a screen reader.
    """
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r' id="[\w.]+_\d+"', "", svg)  # groups' names, repeated in every picture; clip paths keep theirs
    for colour, role in _ROLES.items():
        svg = re.sub(colour, f"var(--{role})", svg, flags=re.IGNORECASE)
    svg = re.sub(r"\n\s*", "\n", svg)
    size = re.search(r'viewBox="[^"]+"', svg)
    root = f'<svg {size[0] if size else ""} role="img" aria-label="{html.escape(alt)}">'
    return root + svg[svg.index(">", svg.index("<svg")) + 1 :]
