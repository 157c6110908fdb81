"""`python -m broadsheet` is the command `broadsheet`."""

import sys

from broadsheet.cli import main

sys.exit(main())
