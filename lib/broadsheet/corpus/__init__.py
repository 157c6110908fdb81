"""The corpus: articles loaded from a folder, selected and counted, with the tables read from them."""

from broadsheet.corpus.corpus import LEDGERS, Corpus
from broadsheet.corpus.loading import Built, build, doubtful, load, look
from broadsheet.corpus.places import PROJECT_FILE, find, project_root
