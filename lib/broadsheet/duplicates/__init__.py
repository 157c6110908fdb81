"""ENGINE: duplicated text: marked passages within an article, and articles that tell one story.

`repeats` reads one body, `boilerplate` and `stories` many articles. For articles whose words are in the store,
`fingerprint`, `marked_passages` and `story_roles` do the same, one after the other.
"""

from broadsheet.duplicates.fingerprints import fingerprint
from broadsheet.duplicates.house_lines import boilerplate, marked_passages
from broadsheet.duplicates.lines import repeats
from broadsheet.duplicates.story_groups import stories, story_roles

VERSION = "6"
"""Of the rules: results of another version are not used."""

__all__ = ["VERSION", "boilerplate", "fingerprint", "marked_passages", "repeats", "stories", "story_roles"]
