"""Reading of files: 100 pages and slides from the upload's commit until they are found and have pictures.

python -m bench.reading [--pages 100]
"""

from __future__ import annotations

import argparse
import resource
import time

from bench import figures
from bench.place import place

TARGET = 10.0
PARAGRAPH = "木塞小头顺时针缠两层麻丝，抹薄薄一层黄油；迎着液流送进去，吃住劲停两秒，再轻敲两下听声音。"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100)
    arguments = parser.parse_args()
    with place():
        print(table(arguments.pages), flush=True)


def table(pages: int) -> str:
    """Seconds until the words are found, until everything is done, and the most memory of a child so far."""
    from tests.factories.documents import pdf_bytes, sheets_bytes, slides_bytes, words_bytes

    texts = [f"<h1>第{n}页</h1>" + f"<p>{PARAGRAPH * 5}</p>" for n in range(1, pages + 1)]
    rows_of = [["日期", "部位", "结果"], *([f"2026-01-{n % 28 + 1:02d}", f"部位{n}", PARAGRAPH] for n in range(4_900))]
    files = (
        (f"PDF, {pages} pages", "a.pdf", pdf_bytes(texts)),
        (f"slides, {pages}", "a.pptx", slides_bytes(pages)),
        (f"text document, {pages} chapters", "a.docx", words_bytes(pages)),
        ("sheet, 4,900 rows", "a.xlsx", sheets_bytes(rows_of)),
    )
    rows = []
    for label, name, content in files:
        found, done, state, memory = measure(name, content)
        rows.append((label, f"{len(content) / 1e6:.1f}", state, f"{found:.1f}", f"{done:.1f}", f"{memory / 1e6:.0f}",
                     figures.verdict(found, TARGET)))  # fmt: skip
    head = (
        "file",
        "MB",
        "state",
        "found after, s",
        "all done after, s",
        "most memory of a child, MB",
        f"found < {TARGET:.0f} s",
    )
    return figures.table("Reading in the background (one process, one file after the other)", head, rows)


def measure(name: str, content: bytes) -> tuple[float, float, str, int]:
    """Seconds until the drain has sent the words, seconds in all, the state, bytes of the largest child so far."""
    from kb.files.reading import services
    from search.services import drain_once
    from tests.factories.kb import make_file

    document = make_file(title=name, name=name, content=content)
    drain_once()
    started = time.monotonic()
    found = 0.0
    real = services.words_store

    def stored(**arguments: object) -> bool:
        nonlocal found
        answer = real(**arguments)
        drain_once()
        found = time.monotonic() - started
        return answer

    services.words_store = stored
    try:
        reading = services.file_read(file_id=document.pk)
    finally:
        services.words_store = real
    drain_once()
    done = time.monotonic() - started
    assert reading is not None
    state = f"{reading.state} {reading.reason} {reading.parts} places, {reading.pictures} pictures"
    return found, done, state, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


if __name__ == "__main__":
    main()
