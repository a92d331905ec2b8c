"""A seeded sample of the hostile files of `bench.fuzz_files`: each ends in a state, none leaves anything behind."""

from pathlib import Path

import pytest
from django.conf import settings

from bench import fuzz_files
from bench.mutants import mutants
from bench.zygote import Zygote
from kb.files.reading import convert, sandbox
from kb.files.reading.extraction import text_extract

SAMPLE = 60
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


def test_a_process_that_is_ended_takes_what_it_started_with_it(tmp_path):
    job(tmp_path, "import subprocess,time; subprocess.Popen(['sleep','300.25']); time.sleep(60)")
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert not any(b"300.25" in command for command in commands)


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
