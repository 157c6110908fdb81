"""The pages of an edition, written through the templates."""

import datetime
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import pandas as pd
from markupsafe import Markup

from broadsheet.corpus import doubtful
from broadsheet.press import addresses, articles, data, evidence, page
from broadsheet.press.execute import Execution, Failure
from broadsheet.press.plan import Plan, Report
from broadsheet.press.svg import thumbnail
from broadsheet.report import glance, number, quantity, when

FILTERS = ("outlet", "query", "since", "until")  # parameters that restrict a report to some of the articles
MOST_COPIES = 20  # named on an article's page
PANELS = 12  # numbers whose passages open in the page; those of the others have pages of their own
LISTED = {"articles": ["articles", "period"], "stories": ["stories"], "outlets": ["outlets"]}
LISTED |= {"set-aside": ["set aside", "without a date"]}  # figures at the head of a page, by the list that they open
GLANCE_LINKS = {name: f"corpus/{page}.html" for page, names in LISTED.items() for name in names}


class Renderer:
    """Writes the pages of one edition into `folder`, and collects the cards of the front page."""

    def __init__(self, plan: Plan, folder: Path, started: datetime.datetime):
        self.plan, self.folder, self.corpus = plan, folder, plan.corpus
        self.files = addresses.article_files(plan.corpus.catalogue["doc_id"])
        self.lines = evidence.Lines(plan.corpus)
        self.cards: list[dict[str, Any]] = []
        loader = jinja2.PackageLoader("broadsheet.press")
        self._templates = jinja2.Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )
        style = loader.get_source(self._templates, "style.css")[0]
        self._templates.filters |= {"when": when, "dated": articles.dated, "quantity": quantity}
        self._templates.globals |= {"style": Markup(style), "reports": _navigation(plan.reports), "plan": plan}
        self._templates.globals |= {"site": plan.title, "edition": when(started.date()), "started": started}
        self._write("style.css", style)

    def report(self, execution: Execution, passages: pd.DataFrame) -> dict[str, Any]:
        """Write a report's page, its tables and its evidence; return its headline numbers."""
        report, linked = execution.report, {}
        by_key = dict(iter(passages.groupby("key", sort=False)))

        def count_link(count: dict[str, Any]) -> str:
            place, name = linked.setdefault(count["key"], len(linked)), addresses.anchor(count["key"])
            href = f"#e-{name}" if place < PANELS else f"evidence/{report.name}/{name}.html"
            return f'<a data-key="{html.escape(count["key"])}" data-n="{count["n"]}" href="{href}">'

        read = page.read(nbformat.read(execution.notebook, as_version=4), count_link, self._passage_link)
        data.write(self.folder / "tables" / report.name, execution.side, read.tables)
        (self.folder / "evidence").mkdir(exist_ok=True)
        passages.to_parquet(self.folder / "evidence" / f"{report.name}.parquet", index=False)
        panels = [self._evidence(report, key, by_key[key], place < PANELS) for key, place in linked.items()]
        figures = [(item["name"], item["text"]) for item in read.values]
        content = {"page": read, "panels": panels[:PANELS], "glance_rows": figures, **self._colophon(report)}
        self._page(f"{report.name}.html", "report.html", links={} if _only(report) else GLANCE_LINKS, **content)
        self._card(report, re.sub(r"</?a\b[^>]*>", "", read.standfirst), read.figure["html"] if read.figure else "")
        return {item["name"]: item["value"] for item in read.values}

    def failure(self, execution: Execution, failure: Failure) -> None:
        """Write the page of a report that could not be made."""
        report = execution.report
        self._page(f"{report.name}.html", "failed.html", failure=failure, **self._colophon(report))
        self._card(report, html.escape(failure.why.partition("\n")[0], quote=False), "", failed=True)

    def _card(self, report: Report, standfirst: str, picture: str, failed: bool = False) -> None:
        first = all(card["report"].group != report.group for card in self.cards)
        content = {"standfirst": Markup(standfirst), "picture": Markup(thumbnail(picture)), "failed": failed}
        place = f"report-{report.group}" if first else ""
        self.cards.append({"report": report, "only": _only(report), "id": place, **content})

    def corpus_pages(self) -> None:
        """Write a page for each article, and the lists of articles, stories, outlets and records set aside."""
        stories = articles.stories(self.corpus, self.files)
        self._article_pages(stories)
        pages = articles.lists(self.corpus, self.files)
        names = ["articles.html", *(f"articles-{place}.html" for place in range(2, len(pages) + 1))]
        for name, rows in zip(names, pages, strict=True):
            content = {"rows": rows, "names": names, "current": name, "total": len(self.corpus)}
            self._page(f"corpus/{name}", "articles.html", title="The articles", **content)
        total, audit = self.corpus.stories["story"].nunique(), self.corpus.audit
        self._page("corpus/stories.html", "stories.html", title="The stories", stories=stories, total=total)
        self._page("corpus/outlets.html", "outlets.html", title="The outlets", rows=articles.outlets(self.corpus))
        content = {"rows": list(doubtful(audit).itertuples()), "files": self.files, "seen": len(audit)}
        self._page("corpus/set-aside.html", "set-aside.html", title="Set aside or in doubt", **content)

    def _article_pages(self, stories: list[list[dict]]) -> None:
        rows = {row["file"]: row for story in stories for row in story}
        by_source = defaultdict(list)
        for row in rows.values():
            by_source[row["of"]].append(row)
        for article, text in articles.rendered(self.corpus):
            title, file = articles.title(article.headline, article.body), self.files[article.doc_id]
            own, taken = rows.get(file, {}), None
            if own.get("of"):
                taken = own | {key: rows[own["of"]][key] for key in ("file", "outlet", "published")}
            content = {"article": article, "title": title, "text": text, "taken": taken}
            self._page(f"articles/{file}", "article.html", copies=by_source[file][:MOST_COPIES], **content)

    def index(self, record: dict[str, Any]) -> None:
        """Write the front page."""
        figures = [(name, number(figure, ",")) for name, figure in glance(self.corpus.counted()).items()]
        content = {"record": record, "cards": self.cards, "glance_rows": figures, "links": GLANCE_LINKS}
        self._page("index.html", "index.html", title=self.plan.title, **content)

    def _colophon(self, report: Report) -> dict[str, Any]:
        pages = [other for other in self.plan.reports if other.group == report.group]
        values = {"corpus": self.plan.corpus_as_given, **report.values}
        return {
            "title": report.title,
            "report": report,
            "siblings": pages if len(pages) > 1 else [],
            "parameters": [(name, value, report.declared[name].help) for name, value in values.items()],
            "only": _only(report),
        }

    def _evidence(self, report: Report, key: str, rows: pd.DataFrame, has_panel: bool) -> dict[str, Any]:
        """Return the panel of one number; write the page of its passages, up to 500, unless the panel has them all."""
        name, few = addresses.anchor(key), evidence.first_few(rows)
        label = key.removeprefix("term:")
        address = f"evidence/{report.name}/{name}.html" if len(rows) > len(few) or not has_panel else ""
        if address:
            lines = self._addressed(self.lines.read(rows.head(evidence.ON_PAGE)), "../../")
            title = f"{label}: {quantity(len(rows), 'passage')}"
            self._page(address, "evidence.html", title=title, report=report, key=key, total=len(rows), lines=lines)
        lines = self._addressed(self.lines.read(few), "") if has_panel else []
        return {"id": f"e-{name}", "label": label, "n": len(rows), "lines": lines, "page": address}

    def _addressed(self, lines: Iterable[evidence.Line], root: str) -> list[tuple[evidence.Line, str]]:
        return [(line, f"{root}articles/{self.files[line.article.doc_id]}#s{line.sentence}") for line in lines]

    def _passage_link(self, row: dict[str, Any]) -> str:
        doc_id, start = row["doc_id"], row["start"]  # None in a row without a passage
        return f"articles/{self.files[doc_id]}#s{self.lines.sentence(doc_id, start)}" if doc_id in self.files else ""

    def _page(self, file: str, template: str, **content: Any) -> None:
        root = "../" * file.count("/")
        self._write(file, self._templates.get_template(template).render(root=root, **content))

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _navigation(reports: list[Report]) -> list[tuple[str, str]]:
    """Return the reports for the header of every page, as (address, label); pages of one matrix share an entry."""
    pages = Counter(report.group for report in reports)
    places = {report.group: f"{report.name}.html" for report in reports}
    places |= {group: f"index.html#report-{group}" for group, n in pages.items() if n > 1}
    return [(address, group.replace("_", " ").capitalize()) for group, address in places.items()]


def _only(report: Report) -> str:
    """Describe a report that does not count all articles, or counts reprints or marked passages otherwise; else ""."""
    filters = ", ".join(f"{name} “{report.values[name]}”" for name in FILTERS if report.values.get(name))
    once = "each story counted once" if report.values.get("ledger") == "stories" else ""
    also = "marked passages counted too" if report.values.get("marked") else ""
    parts = ", ".join(filter(None, [f"only articles that match {filters}" if filters else "", once, also]))
    return parts[:1].upper() + parts[1:]
