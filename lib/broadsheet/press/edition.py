"""One edition of the site: run and render every report, write the articles and the index, replace the last edition."""

import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import cycle, repeat
from pathlib import Path
from typing import Any

from broadsheet import errors, store
from broadsheet.corpus import PROJECT_FILE, Corpus
from broadsheet.errors import BroadsheetError, ResourceError
from broadsheet.press import evidence
from broadsheet.press.execute import Execution, Failure, execute
from broadsheet.press.plan import Plan
from broadsheet.press.render import Renderer
from broadsheet.press.reports_file import PROJECT
from broadsheet.report import quantity
from broadsheet.store.shard import A_DAY

AT_ONCE = 2  # notebooks run side by side: each kernel has the whole corpus in memory


def run(plan: Plan, say: Callable[[str], None] = print) -> tuple[Path, list[str]]:
    """Make an edition of `plan` and put it in place of the last one.

    say : gets one line per step.

    Returns the site's folder and the names of the reports that failed: each has a page that says why.
    Raises ResourceError when the folder cannot be written; the last edition then stays.
    """
    started = datetime.datetime.now(datetime.UTC)
    site = plan.out / "site"
    building = _make_folder(plan.out)
    try:
        renderer = Renderer(plan, building, started)
        made = []
        say(f"{quantity(len(plan.corpus.tokens), 'word')}.")  # built once, before the kernels ask for them
        say(f"Running {quantity(len(plan.reports), 'notebook')} ...")
        for number, execution in enumerate(_executed(plan, building), start=1):
            made.append(_publish(execution, plan.corpus, renderer))
            why = made[-1]["why"].partition("\n")[0]
            outcome = f"failed: {why}" if why else f"made in {execution.seconds:.0f} s"
            say(f"[{number}/{len(plan.reports)}] {execution.report.name}: {outcome}")
        say(f"Writing {quantity(len(plan.corpus), 'article page')} ...")
        renderer.corpus_pages()
        record = _record(plan, started, made)
        renderer.index(record)
        (building / "run.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        _switch(building, site)
        store.sweep()
    except (BrokenProcessPool, OSError) as error:
        killed = isinstance(error, BrokenProcessPool)
        why = "A notebook's process was killed, perhaps because memory ran out" if killed else f"{plan.out}: {error}"
        raise ResourceError(f"The site could not be written. {why}. The last edition is unchanged.") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return site, [entry["name"] for entry in made if entry["status"] == "failed"]


def _executed(plan: Plan, building: Path) -> Iterator[Execution]:
    """Run the notebooks, two at a time where there are two processors; yield them in the plan's order."""
    with ProcessPoolExecutor(min(AT_ONCE, errors.processors())) as pool:
        lines = cycle(range(AT_ONCE))
        yield from pool.map(execute, plan.reports, repeat(plan.corpus_as_given), repeat(building), lines)


def _publish(execution: Execution, corpus: Corpus, renderer: Renderer) -> dict[str, Any]:
    """Render one executed notebook; return its entry in run.json."""
    failure, values = execution.failure, {}
    if failure is None:
        try:
            passages = evidence.collect(execution.side, corpus)
            values = renderer.report(execution, passages)
        except BroadsheetError as error:
            failure = Failure(str(error), "", "")
        except Exception as error:  # a fault in one notebook must not stop the other reports
            failure = Failure(f"The page could not be made: {error!r}", "", traceback.format_exc())
    if failure is not None:
        renderer.failure(execution, failure)
    shutil.rmtree(execution.side, ignore_errors=True)
    return {
        "name": execution.report.name,
        "status": "failed" if failure else "made",
        "why": failure.why if failure else "",
        "seconds": round(execution.seconds, 1),
        "parameters": execution.report.values,
        "page": f"{execution.report.name}.html",
        "values": values,
    }


def _record(plan: Plan, started: datetime.datetime, made: list[dict[str, Any]]) -> dict[str, Any]:
    """Return run.json: the corpus, the reports made from it, and the versions that made them."""
    audit = plan.corpus.audit
    names = ["broadsheet", "pandas", "numpy", "matplotlib", "nltk", "papermill", "numba", "py3langid", "vaderSentiment"]
    return {
        "edition": f"{started:%Y%m%d-%H%M%S}",
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "corpus": {
            "path": plan.corpus_as_given,
            "hash": plan.corpus.hash,
            "seen": len(audit),
            "kept": int(audit["kept"].sum()),
            "set_aside": int((~audit["kept"]).sum()),
        },
        "reports": made,
        "versions": {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in names},
        "git_commit": git_commit(),
    }


def git_commit() -> str:
    """Return the project's current commit, or "" outside a checkout."""
    if not (PROJECT / PROJECT_FILE).is_file():
        return ""  # not installed from its project: a repository around it is another's
    command = ["git", "-C", str(PROJECT), "rev-parse", "--verify", "--quiet", "HEAD"]
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return ""


def _make_folder(out: Path) -> Path:
    """Return a new folder to build in. Put back a site that a killed run had moved away; remove leftovers a day old."""
    building = out / f".building-{os.getpid()}-{time.time_ns()}"
    try:
        building.mkdir(parents=True)
        for left in sorted(out.glob(".old-*")):
            if not (out / "site").exists():
                left.rename(out / "site")
        for left in [*out.glob(".old-*"), *out.glob(".building-*")]:
            if time.time() - left.stat().st_mtime > A_DAY:
                shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise ResourceError(f"{out} cannot be written: {error.strerror}. Name another folder with --out.") from error
    return building


def _switch(building: Path, site: Path) -> None:
    """Put the new site in the old one's place: two renames, and the old one back if the second fails."""
    old = building.with_name(building.name.replace("building", "old"))
    if site.exists():
        site.rename(old)
    try:
        building.rename(site)
    except BaseException:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
