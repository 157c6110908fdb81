"""The pages of an edition, written through the templates."""

import datetime
import html
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import pandas as pd
from markupsafe import Markup

from broadsheet.corpus import doubtful
from broadsheet.press import articles, data, evidence, page
from broadsheet.press.execute import Execution, Failure
from broadsheet.press.plan import Plan, Report
from broadsheet.report import quantity, when

FILTERS = ("outlet", "query", "since", "until")  # parameters that make a report read only a part of the corpus
MOST_COPIES = 20  # that an article's page names
GLANCE_LINKS = {
    "articles": "corpus/articles.html",
    "stories": "corpus/stories.html",
    "period": "corpus/articles.html",
    "outlets": "corpus/outlets.html",
    "set aside": "corpus/set-aside.html",
    "without a date": "corpus/set-aside.html",
}


class Renderer:
    """Writes the pages of one edition into `folder`; keeps what the index will say of each report."""

    def __init__(self, plan: Plan, folder: Path, started: datetime.datetime):
        self.plan, self.folder, self.corpus = plan, folder, plan.corpus
        self.files = articles.file_names(plan.corpus.catalogue["doc_id"])
        self.lines = evidence.Lines(plan.corpus)
        self.cards: list[dict[str, Any]] = []
        loader = jinja2.PackageLoader("broadsheet.press")
        self._templates = jinja2.Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )
        self._templates.filters |= {"when": when, "dated": articles.dated, "quantity": quantity}
        self._templates.globals |= {"site": plan.title, "edition": when(started.date()), "started": started}
        style = loader.get_source(self._templates, "style.css")[0]
        self._templates.globals["style"] = Markup(style)
        self._write("style.css", style)

    def report(self, execution: Execution, passages: pd.DataFrame) -> dict[str, Any]:
        """Write a report's page, its tables and its evidence; return its headline numbers."""
        report = execution.report
        notebook = nbformat.read(execution.notebook, as_version=4)
        by_key = dict(iter(passages.groupby("key", sort=False)))
        read = page.read(notebook, self._count_link, self._passage_link)
        data.write(self.folder / "tables" / report.name, read.tables)
        (self.folder / "evidence").mkdir(exist_ok=True)
        passages.to_parquet(self.folder / "evidence" / f"{report.name}.parquet", index=False)
        panels = [self._panel(report, key, rows) for key, rows in by_key.items()]
        links = {} if _only(report) else GLANCE_LINKS
        self._page(
            f"{report.name}.html",
            "report.html",
            title=report.title,
            page=read,
            report=report,
            panels=panels,
            links=links,
            glance_rows=[(item["name"], item["text"]) for item in read.values],
            **self._colophon(execution),
        )
        self.cards.append(
            {
                "name": report.name,
                "title": report.title,
                "only": _only(report),
                "standfirst": read.standfirst,
                "picture": read.picture,
                "failed": False,
            }
        )
        return {item["name"]: item["value"] for item in read.values}

    def failure(self, execution: Execution, failure: Failure) -> None:
        """Write the page of a report that could not be made."""
        report = execution.report
        self._page(
            f"{report.name}.html",
            "failed.html",
            title=report.title,
            report=report,
            failure=failure,
            **self._colophon(execution),
        )
        why = failure.why.splitlines()[0]
        card = {"name": report.name, "title": report.title, "only": _only(report), "standfirst": why}
        self.cards.append(card | {"picture": "", "failed": True})

    def corpus_pages(self) -> None:
        """Write a page for each article, and the lists of articles, stories, outlets and what was set aside."""
        stories = articles.stories(self.corpus, self.files)
        self._article_pages(stories)
        pages = articles.lists(self.corpus, self.files)
        names = ["articles.html", *(f"articles-{number}.html" for number in range(2, len(pages) + 1))]
        for name, rows in zip(names, pages, strict=True):
            self._page(
                f"corpus/{name}",
                "articles.html",
                title="The articles",
                rows=rows,
                names=names,
                current=name,
                total=len(self.corpus),
            )
        total = self.corpus.stories["story"].nunique()
        self._page("corpus/stories.html", "stories.html", title="The stories", stories=stories, total=total)
        self._page("corpus/outlets.html", "outlets.html", title="The outlets", rows=articles.outlets(self.corpus))
        audit = self.corpus.audit
        self._page(
            "corpus/set-aside.html",
            "set-aside.html",
            title="Set aside or in doubt",
            rows=doubtful(audit).itertuples(),
            files=self.files,
            seen=len(audit),
        )

    def _article_pages(self, stories: list[list[dict]]) -> None:
        rows = {row["file"]: row for story in stories for row in story}
        by_source = defaultdict(list)
        for row in rows.values():
            by_source[row["of"]].append(row)
        for article, text in articles.rendered(self.corpus):
            title, file = articles.title(article.headline, article.body), self.files[article.doc_id]
            own = rows.get(file, {})
            taken = (
                own | {key: rows[own["of"]][key] for key in ("file", "outlet", "published")} if own.get("of") else None
            )
            copies = by_source[file][:MOST_COPIES]
            page = {"article": article, "title": title, "text": text, "taken": taken, "copies": copies}
            self._page(f"articles/{file}", "article.html", **page)

    def index(self, record: dict[str, Any]) -> None:
        """Write the front page."""
        self._page(
            "index.html",
            "index.html",
            title=self.plan.title,
            record=record,
            cards=self.cards,
            glance_rows=_glance(self.corpus.counted().glance()),
            links=GLANCE_LINKS,
        )

    def _colophon(self, execution: Execution) -> dict[str, Any]:
        report = execution.report
        return {
            "values": {"corpus": self.plan.corpus_as_given, **report.values},
            "only": _only(report),
            "hash": self.corpus.hash,
            "corpus": self.corpus,
            "command": self.plan.command,
        }

    def _panel(self, report: Report, key: str, rows: pd.DataFrame) -> dict[str, Any]:
        """Return what opens in place for one number; write the page that shows up to 500 of its passages."""
        name = evidence.anchor(key)
        shown = rows.head(evidence.ON_PAGE)
        label = key.removeprefix("term:")
        few = list(self.lines.read(evidence.first_few(rows)))
        if len(rows) > len(few):
            self._page(
                f"evidence/{report.name}/{name}.html",
                "evidence.html",
                title=f"{label}: {len(rows):,} passages",
                report=report,
                key=key,
                total=len(rows),
                lines=self._addressed(self.lines.read(shown), "../../"),
            )
        return {
            "id": f"e-{name}",
            "label": label,
            "n": len(rows),
            "lines": self._addressed(few, ""),
            "page": f"evidence/{report.name}/{name}.html" if len(rows) > len(few) else "",
        }

    def _addressed(self, lines: Iterable[evidence.Line], root: str) -> list[tuple[evidence.Line, str]]:
        return [(line, f"{root}articles/{self.files[line.doc_id]}#s{line.sentence}") for line in lines]

    def _count_link(self, cell: dict[str, Any]) -> str:
        return (
            f'<a data-key="{html.escape(cell["key"])}" data-n="{cell["n"]}" href="#e-{evidence.anchor(cell["key"])}">'
        )

    def _passage_link(self, row: dict[str, Any]) -> str:
        return f"articles/{self.files[row['doc_id']]}#s{self.lines.sentence(row['doc_id'], row['start'])}"

    def _page(self, file: str, template: str, **content: Any) -> None:
        root = "../" * file.count("/")
        self._write(file, self._templates.get_template(template).render(root=root, **content))

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _glance(figures: dict[str, int | str]) -> list[tuple[str, str]]:
    return [(name, number if isinstance(number, str) else f"{number:,}") for name, number in figures.items()]


def _only(report: Report) -> str:
    """Return what a report counts where that is not all articles without what is marked, in words; else ""."""
    filters = ", ".join(f"{name} “{report.values[name]}”" for name in FILTERS if report.values.get(name))
    once = "each story counted once" if report.values.get("ledger") == "stories" else ""
    also = "marked passages counted too" if report.values.get("marked") else ""
    said = ", ".join(filter(None, [f"only articles that fit {filters}" if filters else "", once, also]))
    return said[:1].upper() + said[1:]
