"""What of the machine a process may use."""

import os


def processors() -> int:
    """Return how many processors this process may use: a batch system or container may allow fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
