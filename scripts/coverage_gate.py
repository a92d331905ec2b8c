"""Holds the measured coverage against what is demanded: 85 % overall, every line of rules and of the analysis."""

from __future__ import annotations

import io
import re
import sys

import coverage

COMPLETE = re.compile(r"(^|/)(rules\.py|rules/.*\.py)$|(^|/)search/analysis/.*\.py$")


def main() -> int:
    """Prints what is missing; 1 where a demand is not met."""
    measured = coverage.Coverage()
    measured.load()
    overall = measured.report(file=sys.stdout, skip_covered=True)
    short = []
    for path in sorted(measured.get_data().measured_files()):
        if COMPLETE.search(path):
            percent = measured.report(morfs=[path], file=io.StringIO(), skip_covered=False)
            if percent < 100:
                short.append(
                    f"{path}: {percent:.1f} % (100 % demanded: rules and search/analysis are covered line by line)"
                )
    for line in short:
        print(line)
    demanded = float(measured.get_option("report:fail_under") or 0)
    if overall < demanded:
        print(f"coverage {overall:.1f} % is below {demanded:.0f} %")
    return 1 if short or overall < demanded else 0


if __name__ == "__main__":
    sys.exit(main())
