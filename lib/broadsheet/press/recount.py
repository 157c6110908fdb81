"""The recount: check every linked number of a published site against the passages it counts."""

import functools
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from broadsheet.errors import ParameterError, ResourceError
from broadsheet.press.addresses import possible_files
from broadsheet.press.evidence import IN_PLACE, ON_PAGE


def recount(site: Path) -> int:
    """Recount every linked number of the pages of `site`; return how many there are.

    A number recounts when its text, its evidence and its link agree: there are as many different passages as it says,
    each is printed on its article's page, and the link leads to a panel or page that lists them.

    Raises ResourceError on the first number that does not recount, ParameterError when `site` is no published site.
    """
    if not (site / "run.json").is_file():
        raise ParameterError(f"{site} has no run.json, so it is no published site. Give the folder that `run` named.")
    printed, recounted = functools.cache(functools.partial(_printed, site / "articles")), 0
    for page in sorted(site.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        links = list(_links(text))
        evidence = _evidence(site / "evidence" / f"{page.stem}.parquet", printed) if links else {}
        for key, n, shown, href in links:
            if wrong := _wrong(evidence.get(key), n, shown) or _leads_astray(page, text, href, int(n)):
                raise ResourceError(f"{page.name}: the number {shown!r} of {key!r} does not recount: {wrong}.")
        recounted += len(links)
    return recounted


def _links(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield (key, n, text, href) of every `<a data-key data-n>` on a page."""
    for tag, inside in re.findall(r"<a\b([^>]*)>(.*?)</a>", text, re.DOTALL):
        given = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "data-n" in given:
            yield given.get("data-key", ""), given["data-n"], re.sub(r"<[^>]*>", "", inside), given.get("href", "")


def _printed(folder: Path, doc_id: str) -> str:
    """Return the text of an article's page, white space folded."""
    page = next((page for name in possible_files(doc_id) if (page := folder / name).is_file()), None)
    markup = page.read_text(encoding="utf-8") if page else ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def _evidence(file: Path, printed: Callable[[str], str]) -> dict[str, pd.DataFrame]:
    if not file.is_file():
        raise ResourceError(f"{file} is missing: the page's numbers cannot be recounted. Make the site again.")
    rows = pd.read_parquet(file)
    passages = rows[["doc_id", "text"]].to_numpy()
    rows["printed"] = [" ".join(text.split()) in printed(doc_id) for doc_id, text in passages]
    return dict(iter(rows.groupby("key", sort=False)))


def _wrong(rows: pd.DataFrame | None, n: str, shown: str) -> str:
    """Return what is wrong with one number and its passages, or ""."""
    if shown.replace(",", "") != n:
        return f"it is shown as {shown}, but declares {n}"
    if rows is None or str(len(rows)) != n:
        return f"its evidence has {0 if rows is None else len(rows):,} passages"
    if rows.duplicated(["doc_id", "start", "end"]).any():
        return "its evidence has a passage twice"
    if (rows["text"].str.len() != rows["end"] - rows["start"]).any() or (rows["text"].str.strip() == "").any():
        return "its evidence has a passage that is not the text between its offsets"
    if not rows["printed"].all():
        return f"{rows.loc[~rows['printed'], 'text'].iloc[0]!r} is not on its article's page"
    return ""


def _leads_astray(page: Path, text: str, href: str, n: int) -> str:
    """Return what is wrong with the panel or page that a number leads to, or ""."""
    address, _, place = href.partition("#")
    target = page.parent / address if address else page
    if not target.is_file():
        return f"it leads to {href}, which does not exist"
    listed, most = target.read_text(encoding="utf-8"), ON_PAGE
    if place:
        listed, most = text.partition(f' id="{place}"')[2].partition("</aside>")[0], IN_PLACE
    lines = listed.count("<li>")
    return "" if lines == min(n, most) else f"it leads to {href}, which lists {lines} passages, not {min(n, most)}"
