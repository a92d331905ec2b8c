"""Hostile files through the whole reading: 2,000 seeded changes to real files, stored, read in a child, put in rows.

python -m bench.fuzz_files [--count 2000] [--seed 1] [--converted 40]

Each must end in a state that is told to people, within its limits, and leave nothing behind: no process, no directory.
`--converted`: every so manieth office file goes through LibreOffice as well.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from bench import figures
from bench.mutants import mutants
from bench.place import place
from bench.zygote import Zygote

WALL, CPU = 20, 15


def main() -> int:
    """Prints the tables; 1 where anything was stuck, crashed or left behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--converted", type=int, default=40)
    arguments = parser.parse_args()
    with place() as directory:
        return run(arguments.count, arguments.seed, arguments.converted, Path(directory))


def run(count: int, seed: int, converted: int, directory: Path) -> int:
    """Reads so many mutants in the site at `directory`; gives the number of faults."""
    from kb.files.reading import convert, sandbox

    zygote = Zygote()
    real, program = sandbox.read_run, convert.converter
    states: Counter[tuple[str, str]] = Counter()
    faults: list[str] = []
    seconds: list[float] = []
    started = time.monotonic()
    try:
        for number, (name, extension, content) in enumerate(mutants(count, seed)):
            by_office = bool(converted) and number % converted == 0
            sandbox.read_run = zygote.read_run
            convert.converter = program if by_office else str
            begun = time.monotonic()
            state, reason = one(number, extension, content)
            took = time.monotonic() - begun
            seconds.append(took)
            states[state, reason] += 1
            if state not in ("read", "partly", "failed", "refused") or (took > 3 * WALL and not by_office):
                faults.append(f"{number} {name} {extension}: {state} {reason} {took:.1f} s")
    finally:
        sandbox.read_run, convert.converter = real, program
        zygote.close()
    left = list((directory / "reading").glob("*"))
    faults += [f"left behind: {path}" for path in left]
    rows = [(state, reason or "–", n) for (state, reason), n in sorted(states.items())]
    print(figures.table(f"{count} hostile files, seed {seed}", ("state", "reason", "files"), rows))
    ordered = sorted(seconds)
    facts = [
        ("faults (stuck, over time, left behind)", len(faults)),
        ("whole run, s", round(time.monotonic() - started)),
        ("a file, median s", round(statistics.median(ordered), 2)),
        ("a file, p99 s", round(ordered[int(len(ordered) * 0.99) - 1], 2)),
        ("a file, longest s", round(ordered[-1], 1)),
        ("most memory of a child, MB", round(zygote.most_memory / 1e6)),
    ]
    print(figures.table("The run", ("", "figure"), facts))
    print("\n".join(faults), flush=True)
    return len(faults)


def one(number: int, extension: str, content: bytes) -> tuple[str, str]:
    """Uploads a file past the door's own checks, reads it, and takes it away again: its state and reason."""
    from dataclasses import replace

    from kb.files.reading import sandbox
    from kb.files.reading.models import FileReading
    from kb.files.reading.services import file_read
    from tests.factories.kb import make_file

    if sandbox.READING.wall != WALL:
        # The limits of the product are for books; here a loop need not turn for three minutes before it is stopped.
        sandbox.READING = replace(sandbox.READING, wall=WALL, cpu=CPU)
    document = make_file(title=f"{number}", name=f"f.{extension}", content=content)
    file_read(file_id=document.pk)
    reading = FileReading.objects.get(file=document)
    path = document.file.path
    document.delete()
    Path(path).unlink(missing_ok=True)
    return reading.state, reading.reason


if __name__ == "__main__":
    sys.exit(main())
