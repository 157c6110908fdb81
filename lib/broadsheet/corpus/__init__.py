"""The corpus: articles loaded from a folder, selected and counted, with the tables read from them."""

from broadsheet.corpus.corpus import LEDGERS, Corpus
from broadsheet.corpus.loading import PROJECT_FILE, Built, build, doubtful, find, load, look, project_root
