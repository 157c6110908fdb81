"""ENGINE: what is said twice: marked passages of an article, and articles that tell one story.

`repeats` reads one body, `boilerplate` and `stories` many articles. `lines_of`, `marked` and `derived` do the same for
articles whose lines and words are kept in the store.
"""

from broadsheet.duplicates.grouping import derived, stories
from broadsheet.duplicates.learned import boilerplate, marked
from broadsheet.duplicates.lines import VERSION as LINES
from broadsheet.duplicates.lines import lines_of, repeats

VERSION = f"3.{LINES}"
"""Of the rules: what was found under another one is not used."""

__all__ = ["VERSION", "boilerplate", "derived", "lines_of", "marked", "repeats", "stories"]
