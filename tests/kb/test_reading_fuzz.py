"""A seeded sample of the hostile files of `bench.fuzz_files`: each ends in a state, none leaves anything behind."""

import time
from pathlib import Path

import pytest
from django.conf import settings

from bench import fuzz_files
from bench.mutants import mutants
from bench.zygote import Zygote
from kb.files.reading import convert, sandbox
from kb.files.reading.extraction import text_extract
from kb.files.reading.parts import parts_made

SAMPLE = 50
ENDED = {"read", "partly", "failed", "refused"}


@pytest.mark.django_db
def test_hostile_files_end_in_a_state_and_leave_nothing_behind(monkeypatch):
    zygote = Zygote()
    monkeypatch.setattr(sandbox, "READING", sandbox.Limits(wall=fuzz_files.WALL, cpu=fuzz_files.CPU))
    monkeypatch.setattr(sandbox, "read_run", zygote.read_run)
    monkeypatch.setattr(convert, "converter", lambda: "")
    try:
        for number, (name, extension, content) in enumerate(mutants(SAMPLE, seed=4)):
            state, _reason = fuzz_files.one(number, extension, content)
            assert state in ENDED, f"{number} {name} {extension}"
    finally:
        zygote.close()
    assert list((Path(settings.VAR_DIR) / "reading").glob("*")) == []


def job(place, code):
    """Runs a piece of Python in the guarded process in place of a file's reading."""
    return sandbox.command_run(["python3", "-c", code], place, sandbox.Limits(memory=400_000_000, cpu=1, wall=2))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("pass", ""),
        ("import time; time.sleep(60)", "timeout"),
        ("while True: pass", "timeout"),
        ("raise SystemExit(3)", "broken"),
        ("import os; os.abort()", "memory"),
        ("open('big', 'wb').write(b'x' * 400_000_000)", "broken"),
    ],
)
def test_a_process_that_asks_too_much_is_ended(tmp_path, code, reason):
    outcome = job(tmp_path, code)
    assert outcome.reason == reason
    assert outcome.seconds < 8


def running(word):
    """Whether any process has this word in its command."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in path.read_bytes():
                return True
        except OSError:
            continue
    return False


def test_a_process_that_is_ended_takes_what_it_started_with_it(tmp_path):
    job(tmp_path, "import subprocess,time; subprocess.Popen(['sleep','300.25']); time.sleep(60)")
    deadline = time.monotonic() + 20
    while running("300.25") and time.monotonic() < deadline:
        time.sleep(0.05)  # killed, but a busy machine has not buried it yet
    assert not running("300.25")


def test_the_process_has_no_network_and_nothing_of_ours_in_its_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "ours")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid")
    job(tmp_path, "import os; open('seen', 'w').write(' '.join(os.environ) + os.environ['HOME'])")
    seen = (tmp_path / "seen").read_text()
    assert "SECRET_KEY" not in seen
    assert "PROXY" not in seen
    assert str(tmp_path) in seen


def test_too_much_memory_is_told_from_a_broken_file(tmp_path, monkeypatch):
    (tmp_path / "source.txt").write_bytes("先问四句话。".encode() * 1_000_000)
    real = sandbox.read_run
    monkeypatch.setattr(sandbox, "read_run", lambda place: real(place, sandbox.Limits(memory=80_000_000)))
    assert text_extract(tmp_path, "source.txt", "txt").reason == "memory"


def test_what_a_child_writes_is_read_back_within_limits(tmp_path):
    from kb.files.reading.extraction import lines_read, result_read

    (tmp_path / "parts.jsonl").write_text('{"a": 1}\n[]\n{"a": 2}\n{"a": 3}\nnot json\n')
    assert list(lines_read(tmp_path / "parts.jsonl", 3)) == [{"a": 1}, {"a": 2}]
    assert list(lines_read(tmp_path / "none.jsonl", 3)) == []
    (tmp_path / "link.jsonl").symlink_to("/etc/passwd")
    assert list(lines_read(tmp_path / "link.jsonl", 3)) == []
    assert result_read(tmp_path) == {"reason": "broken"}
    (tmp_path / "result.json").write_text("[]")
    assert result_read(tmp_path) == {"reason": "broken"}


def test_nothing_that_a_child_says_reaches_the_database_unjudged():
    good = {
        "kind": "page",
        "locator": "page:1",
        "number": 1,
        "text": "好",
        "title": "",
        "layout": [["好", 0, 0.1, 0.2, 0.3]],
    }
    told = [
        good,
        good | {"number": 2},
        good | {"locator": "page:2", "number": "2"},
        good | {"locator": "page:3", "number": 10**12},
        good | {"locator": "page:4", "number": True},
        good | {"locator": "page:5", "kind": "shell"},
        good | {"locator": "", "number": 6},
        good | {"locator": "page:7", "number": 7, "text": "a\0b", "start_ms": -1, "page": "x", "sheet": ["x"]},
        good
        | {"locator": "page:8", "number": 8, "layout": [["x", 1], "x", ["x", 0, 0, "a", 0], ["x", 0, 0, 10**12, 0]]},
    ]
    rows = parts_made(1, told)
    assert [row.number for row in rows] == [1, 7, 8]
    assert rows[0].layout == [["好", 0, 0.1, 0.2, 0.3]]
    assert (rows[1].text, rows[1].start_ms, rows[1].page, rows[1].sheet) == ("ab", None, None, "")
    assert rows[2].layout == []
