"""Runs every measurement, each in a process of its own so that none warms another's caches.

python -m bench [part ...]      without a name: all, some twenty minutes on two quiet cores
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
# About so many minutes each, on two quiet cores.
PARTS = {
    "pages": (["bench.pages"], 1.5),
    "courses": (["bench.courses"], 2.0),
    "search": (["bench.search"], 6.0),
    "suggest": (["bench.suggest"], 2.0),
    "reading": (["bench.reading"], 2.0),
    "scale": (["bench.scale", "--passages", "20000"], 3.0),
    "publish": (["bench.publish"], 2.5),
    "relevance": (["bench.relevance.run"], 2.5),
}


def main() -> int:
    """Gives the number of parts that failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := set(asked) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    minutes = sum(PARTS[part][1] for part in asked)
    print(f"Python {platform.python_version()}, {platform.machine()}; compare only figures of one run.", flush=True)
    print(f"{', '.join(asked)}: about {minutes:.0f} minutes on two quiet cores.", flush=True)
    return sum(_failed(part) for part in asked)


def _failed(part: str) -> bool:
    print(f"\n# {part}", flush=True)
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", *PARTS[part][0]], check=False, cwd=ROOT)
    print(f"\n{part}: {'done' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - start:.0f} s", flush=True)
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
