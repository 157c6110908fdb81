"""A folder of articles: its corpus.toml and the files to read, listed once."""

import dataclasses
import pathlib

from broadsheet.errors import CorpusError
from broadsheet.readers import files
from broadsheet.readers.settings import Settings, parse_settings, settings_file
from broadsheet.readers.values import scrub


@dataclasses.dataclass(frozen=True)
class Folder:
    """A folder, or a single file, of articles."""

    path: pathlib.Path
    settings: Settings
    files: files.Listed
    toml: bytes  # corpus.toml as written

    @property
    def title(self) -> str:
        """The corpus's name: from corpus.toml, else the folder's or file's name."""
        return self.settings.title or (self.path.name if self.path.is_dir() else self.path.name.partition(".")[0])

    def fingerprint(self) -> str:
        """Return a digest that changes with the files' paths, sizes and times, and with corpus.toml.

        It is "" when it cannot be relied on: a file cannot be examined, or changed within the last two seconds.
        """
        return files.fingerprint(self.files, self.toml)


def list_folder(path: pathlib.Path) -> Folder:
    """List the files of a folder, or take a single file, and read corpus.toml beside them.

    Raises CorpusError when there is nothing at `path`, or corpus.toml contains a mistake.
    """
    if not path.exists():
        raise CorpusError(f"There is no file or folder {path}. Correct the path.")
    toml, where = settings_file(path if path.is_dir() else path.parent)
    settings = parse_settings(toml, where)
    listed = files.listing(path, settings.ignore) if path.is_dir() else [(scrub(path.name), str(path))]
    return Folder(path, settings, listed, toml)
