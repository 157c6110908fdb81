"""What the figures were measured on: the processor, and the version of everything that was measured."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

MEASURED = (
    "numba", "numpy", "pandas", "pyarrow", "scipy", "nltk", "scikit-learn", "polars", "duckdb", "spacy", "tokenizers", "sentencex",
    "datasketch", "rensa",
)  # fmt: skip
MISSING = "not installed"
WC_LOCALE = "C.UTF-8"


def facts() -> dict[str, str]:
    """Return what to note at the head of the results: what, and how it is here."""
    return {
        "processor": f"{_processor()}, {platform.machine()}",
        "cores": str(os.cpu_count()),
        "memory": f"{_memory() / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: installed(name) for name in MEASURED},
        "wc": f"{_first_line('wc', '--version')}, locale {WC_LOCALE}",
    }


def installed(name: str) -> str:
    """Return the version of a package, or say that there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return MISSING


def _processor() -> str:
    found = Path("/proc/cpuinfo")
    lines = found.read_text("utf-8").splitlines() if found.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _first_line(*command: str) -> str:
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.partition("\n")[0] or "of this system"
