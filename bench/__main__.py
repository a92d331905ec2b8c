"""Runs every measurement, each in a process of its own so that none warms another's caches."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("pages", "courses", "search", "suggest", "reading", "faults")


def main() -> int:
    """Gives the number of parts that failed."""
    print(f"Python {platform.python_version()}, {platform.machine()}; compare only figures of one run.", flush=True)
    failed = 0
    for part in PARTS:
        if (HERE / f"{part}.py").exists():
            print(f"\n# {part}", flush=True)
            failed += (
                subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False, cwd=HERE.parent).returncode != 0
            )
    return failed


if __name__ == "__main__":
    sys.exit(main())
