"""A program that builds corpora as it is told, each build in a process of its own that may be killed.

A line of input is a list of builds that run at once, each with its corpus and its store; shard and many, as SHARD and MANY in
index.builder; dies_after, the seconds after which it is killed, counted from when the store holds as many shards as dies_with says,
or null; dies_at, the number of the step of writing at which it is killed, -1 for none.
The answer to a line is a line of exit codes, when all have ended.
"""

import json
import os
import pathlib
import signal
import sys
import time
import traceback
import types

from broadsheet import index
from broadsheet.corpus import loading
from broadsheet.readers import files

PATIENCE = 60  # seconds after which a build is taken to hang
BROKEN = 70  # the exit code of a build that raised an error


def build(asked: dict) -> None:
    from conftest import at_step  # of this folder

    os.environ["BROADSHEET_STORE"] = asked["store"]
    index.builder.SHARD, index.builder.MANY = asked["shard"], asked["many"]
    files.time = types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10)  # the articles were written a while ago
    with at_step(asked["dies_at"], lambda: os.kill(os.getpid(), signal.SIGKILL)):
        loading.build(pathlib.Path(asked["corpus"]), lambda line: None)


def begun(asked: dict) -> int:
    """Begin a build; return the number of its process."""
    number = os.fork()
    if number:
        return number
    code = BROKEN
    try:
        signal.alarm(PATIENCE)
        build(asked)
        code = 0
    except BaseException:
        traceback.print_exc()
    os._exit(code)


def has_ended(number: int) -> bool:
    return os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def killed(number: int, asked: dict) -> None:
    """Kill a process when it is time, unless it ends before; its number is not given to another until it is waited for."""
    store = pathlib.Path(asked["store"])
    while len(list(store.glob("tokens-*/*.shard"))) < asked["dies_with"] and not has_ended(number):
        time.sleep(0.001)
    last = time.monotonic() + asked["dies_after"]
    while time.monotonic() < last and not has_ended(number):
        time.sleep(0.0005)
    os.kill(number, signal.SIGKILL)


def main() -> None:
    for line in sys.stdin:
        builds = json.loads(line)
        numbers = [begun(asked) for asked in builds]
        for number, asked in zip(numbers, builds, strict=True):
            if asked["dies_after"] is not None:
                killed(number, asked)
        codes = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in numbers]
        print(json.dumps(codes), flush=True)


if __name__ == "__main__":
    main()
