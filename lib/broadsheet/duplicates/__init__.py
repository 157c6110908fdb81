"""ENGINE: what is said twice: marked passages of an article, and articles that tell one story.

`repeats` reads one body, `boilerplate` and `stories` many articles. `read`, `marked` and `derived` do the same, one after
the other, for articles whose words are kept in the store.
"""

from broadsheet.duplicates.grouping import derived, stories
from broadsheet.duplicates.learned import boilerplate, marked
from broadsheet.duplicates.lines import repeats
from broadsheet.duplicates.reading import read

VERSION = "6"
"""Of the rules: what was found under another one is not used."""

__all__ = ["VERSION", "boilerplate", "derived", "marked", "read", "repeats", "stories"]
