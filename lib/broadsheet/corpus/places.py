"""Find a corpus: in the working folder and in the project around it."""

from pathlib import Path

from broadsheet.errors import CorpusError

PROJECT_FILE = "reports.toml"


def project_root() -> Path | None:
    """Return the nearest folder, from the working folder upwards, that contains a reports.toml."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()), None)


def find(path: str | Path) -> Path:
    """Return the absolute path of the corpus `path`; see `load` for the folders searched."""
    start = Path.cwd()
    root = project_root() or start
    places = list(dict.fromkeys([start / path, root / path, root / "data" / path]))
    for place in places:
        if str(path) and place.exists():
            return place.resolve()
    raise CorpusError(
        f"There is no corpus {str(path)!r}; searched {', '.join(map(str, places))}. Give a folder or file of articles."
    )
