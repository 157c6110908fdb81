"""Build corpora in processes of their own that may be killed.

Each line of input is a list of builds to run at once: corpus, store, shard and many (SHARD and MANY of index.builder), and
dies_at, the number of the step of writing at which the build is killed, -1 for none. The answer is a line of exit codes.
"""

import json
import os
import pathlib
import signal
import sys
import time
import traceback
import types

from broadsheet import corpus, index
from broadsheet.readers import files


def build(asked: dict) -> None:
    from conftest import at_step  # of this folder

    os.environ["BROADSHEET_STORE"] = asked["store"]
    index.builder.SHARD, index.builder.MANY = asked["shard"], asked["many"]
    files.time = types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10)  # the articles are not new
    with at_step(asked["dies_at"], lambda: os.kill(os.getpid(), signal.SIGKILL)):
        corpus.build(pathlib.Path(asked["corpus"]), lambda line: None)


def begun(asked: dict) -> int:
    """Begin a build; return the number of its process."""
    if number := os.fork():
        return number
    code = 1
    try:
        signal.alarm(60)
        build(asked)
        code = 0
    except BaseException:
        traceback.print_exc()
    os._exit(code)


if __name__ == "__main__":
    for line in sys.stdin:
        numbers = [begun(asked) for asked in json.loads(line)]
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in numbers]), flush=True)
