"""Follows every linked number of a published site to the passages that it counts."""

from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from broadsheet.errors import ResourceError


class _Links(HTMLParser):
    """Collects (key, n, text, href) of every `<a data-key data-n>` on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "data-n" in given:
            self.found.append([given.get("data-key") or "", given["data-n"] or "", "", given.get("href") or ""])
            self._inside = True

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1][2] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"


def recount(site: Path) -> int:
    """Recount every linked number of the pages of `site`; return how many there are.

    Raises ResourceError on the first number whose text, n, passages or link do not agree, or when
    `site` is not a published site.
    """
    if not (site / "run.json").is_file():
        raise ResourceError(
            f"{site} is no published site: it holds no run.json. Give the folder that `broadsheet run` named."
        )
    recounted = 0
    for page in sorted(site.glob("*.html")):
        links = _Links()
        links.feed(page.read_text(encoding="utf-8"))
        if links.found:
            evidence = _evidence(site / "evidence" / f"{page.stem}.parquet")
            for key, n, text, href in links.found:
                if wrong := _wrong(page, evidence.get(key), n, text, href):
                    raise ResourceError(f"{page.name}: the number {text!r} of {key!r} does not recount: {wrong}.")
                recounted += 1
    return recounted


def _evidence(file: Path) -> dict[str, pd.DataFrame]:
    if not file.is_file():
        raise ResourceError(f"{file} is missing: the page's numbers cannot be recounted. Make the site again.")
    return dict(iter(pd.read_parquet(file).groupby("key", sort=False)))


def _wrong(page: Path, rows: pd.DataFrame | None, n: str, text: str, href: str) -> str:
    """Return what is wrong with one linked number, or ""."""
    if text.replace(",", "") != n:
        return f"it is shown as {text}, but declares {n}"
    if rows is None or len(rows) != int(n):
        return f"its evidence holds {0 if rows is None else len(rows):,} passages"
    if rows.duplicated(["doc_id", "start", "end"]).any():
        return "its evidence holds a passage twice"
    if (rows["text"].str.len() != rows["end"] - rows["start"]).any() or (rows["text"].str.strip() == "").any():
        return "its evidence holds a passage that is not the text between its offsets"
    address, _, place = href.partition("#")
    target = page.parent / address if address else page
    if not target.is_file():
        return f"it leads to {href}, which does not exist"
    if place and f'id="{place}"' not in target.read_text(encoding="utf-8"):
        return f"it leads to {href}, and the page has no such place"
    return ""
