"""Follows every linked number of a published site to the passages that it counts."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from broadsheet.errors import ParameterError, ResourceError
from broadsheet.press.addresses import possible_files


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

    A number recounts when its text, its evidence and its link agree: as many different passages as it
    says, each of them printed on its article's page, and a link to a place that exists.

    Raises ResourceError on the first number that does not, ParameterError when `site` is no published site.
    """
    if not (site / "run.json").is_file():
        raise ParameterError(
            f"{site} is no published site: it holds no run.json. Give the folder that `broadsheet run` named."
        )
    printed, recounted = _Printed(site / "articles"), 0
    for page in sorted(site.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        links = _Links()
        links.feed(text)
        if links.found:
            evidence = _evidence(site / "evidence" / f"{page.stem}.parquet", printed)
            for key, n, shown, href in links.found:
                rows = evidence.get(key)
                if wrong := _wrong(rows, n, shown) or _leads_astray(page, text, href):
                    raise ResourceError(f"{page.name}: the number {shown!r} of {key!r} does not recount: {wrong}.")
                recounted += 1
    return recounted


class _Printed:
    """The text of the article pages, each read once, white space folded."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._texts = folder, {}

    def holds(self, doc_id: str, passage: str) -> bool:
        if doc_id not in self._texts:
            pages = [self._folder / name for name in possible_files(doc_id)]
            page = next((page for page in pages if page.is_file()), None)
            markup = page.read_text(encoding="utf-8") if page else ""
            self._texts[doc_id] = " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())
        return " ".join(passage.split()) in self._texts[doc_id]


def _evidence(file: Path, printed: _Printed) -> dict[str, pd.DataFrame]:
    if not file.is_file():
        raise ResourceError(f"{file} is missing: the page's numbers cannot be recounted. Make the site again.")
    rows = pd.read_parquet(file)
    rows["printed"] = list(map(printed.holds, rows["doc_id"], rows["text"]))
    return dict(iter(rows.groupby("key", sort=False)))


def _wrong(rows: pd.DataFrame | None, n: str, shown: str) -> str:
    """Return what is wrong with one number and its passages, or ""."""
    if shown.replace(",", "") != n:
        return f"it is shown as {shown}, but declares {n}"
    if rows is None or str(len(rows)) != n:
        return f"its evidence holds {0 if rows is None else len(rows):,} passages"
    if rows.duplicated(["doc_id", "start", "end"]).any():
        return "its evidence holds a passage twice"
    if (rows["text"].str.len() != rows["end"] - rows["start"]).any() or (rows["text"].str.strip() == "").any():
        return "its evidence holds a passage that is not the text between its offsets"
    if not rows["printed"].all():
        return f"{rows.loc[~rows['printed'], 'text'].iloc[0]!r} is not on its article's page"
    return ""


def _leads_astray(page: Path, text: str, href: str) -> str:
    """Return what is wrong with where a number leads, or ""."""
    address, _, place = href.partition("#")
    target = page.parent / address if address else page
    if not target.is_file():
        return f"it leads to {href}, which does not exist"
    led_to = text if target == page else target.read_text(encoding="utf-8")
    return f"it leads to {href}, and the page has no such place" if place and f'id="{place}"' not in led_to else ""
