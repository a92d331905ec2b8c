"""The honest index: what could not be read is told to those who look after it, and taken up again."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from kb.files.reading import rules
from kb.files.reading.models import FileReading, ReadingState
from kb.files.reading.reasons import REASONS, UNKNOWN, reason_words
from kb.files.reading.services import file_read
from kb.files.reading.upkeep import readings_due
from kb.models import File
from people.models import Role
from studios.models import MembershipRole
from tests.factories.kb import make_file
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db
BROKEN = b"%PDF-1.4 nothing"


def broken(title, studio):
    document = make_file(title=title, name="a.pdf", content=BROKEN, studio=studio)
    file_read(file_id=document.pk)
    return document


def editor():
    person = UserFactory()
    grant(person, Role.EDITOR)
    return person


def test_a_master_sees_his_studios_files_and_an_editor_all(client):
    ours, theirs = make_studio(), make_studio()
    broken("我们的坏文件", ours)
    broken("他们的坏文件", theirs)
    client.force_login(make_member(ours, MembershipRole.MASTER).person)
    page = client.get(reverse("kb_files_unread")).content.decode()
    assert "我们的坏文件" in page
    assert "他们的坏文件" not in page
    assert "文件已损坏" in page
    assert "另存后重新上传" in page
    client.force_login(editor())
    page = client.get(reverse("kb_files_unread")).content.decode()
    assert "我们的坏文件" in page
    assert "他们的坏文件" in page


def test_the_list_shows_what_is_asked_for_and_leaves_as_a_sheet(client, django_assert_max_num_queries):
    studio = make_studio()
    for number in range(5):
        broken(f"坏文件{number}", studio)
    good = make_file(title="好文件", name="a.txt", content="先问四句话。".encode(), studio=studio)
    file_read(file_id=good.pk)
    client.force_login(editor())
    address = reverse("kb_files_unread")
    assert "好文件" not in client.get(address).content.decode()
    assert "好文件" in client.get(address, {"state": "read"}).content.decode()
    assert "坏文件1" not in client.get(address, {"reason": "encrypted"}).content.decode()
    with django_assert_max_num_queries(45):
        client.get(address)
    sheet = client.get(address, {"export": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.getvalue())).active.values)
    assert rows[0][:5] == ("文件", "文件名", "状态", "原因", "怎么办")
    assert rows[1][3] == "文件已损坏，或不是它的扩展名所说的格式。"
    assert len(rows) == 6


def test_a_retry_reads_again_and_is_refused_to_others(client):
    studio = make_studio()
    document = broken("坏文件", studio)
    client.force_login(make_member(make_studio(), MembershipRole.MASTER).person)
    address = reverse("kb_file_retry", args=[document.pk])
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    assert document.reading.state == ReadingState.FAILED
    client.force_login(make_member(studio, MembershipRole.MASTER).person)
    assert client.post(address).url == reverse("kb_files_unread")
    document.reading.refresh_from_db()
    assert (document.reading.state, document.reading.attempts) == (ReadingState.WAITING, 0)
    file_read(file_id=document.pk)
    assert client.post(reverse("kb_files_retry")).status_code == 302
    document.reading.refresh_from_db()
    assert document.reading.state == ReadingState.WAITING
    assert client.post(reverse("kb_file_retry", args=[0])).status_code == 404


def test_the_page_of_a_file_says_how_its_reading_went(client):
    studio = make_studio()
    document = broken("坏文件", studio)
    client.force_login(make_member(studio, MembershipRole.MASTER).person)
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "没有读出" in page
    assert "文件已损坏" in page
    answer = client.post(reverse("kb_file_retry", args=[document.pk]), {"from": "file"})
    assert answer.url == reverse("wagtaildocs:edit", args=[document.pk])
    FileReading.objects.all().delete()
    assert "读取情况" not in client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()


def test_the_list_of_files_says_how_far_each_is(client, django_assert_max_num_queries):
    studio = make_studio()
    broken("坏文件", studio)
    make_file(title="新文件", name="a.txt", content="内容。".encode(), studio=studio)
    File.objects.get(title="新文件").reading.delete()
    client.force_login(make_member(studio, MembershipRole.MASTER).person)
    for address in (reverse("wagtaildocs:index"), reverse("wagtaildocs:index_results")):
        page = client.get(address).content.decode()
        assert "没有读出：文件已损坏" in page
        assert "等待读取" in page
    with django_assert_max_num_queries(45):
        client.get(reverse("wagtaildocs:index"))


def test_every_reason_is_told_in_words():
    told = {"broken", "encrypted", "storage", "worker", "timeout", "memory"} | rules.REFUSED | rules.TRANSIENT
    assert told <= set(REASONS)
    assert reason_words("something of tomorrow") == UNKNOWN


def test_a_reading_whose_worker_died_is_taken_up_again_and_given_up_at_the_third_death(
    django_capture_on_commit_callbacks,
):
    document = make_file(name="a.txt", content="内容。".encode())
    past = timezone.now() - dt.timedelta(minutes=1)
    FileReading.objects.update(state=ReadingState.RUNNING, lease_until=past, attempts=1)
    with django_capture_on_commit_callbacks() as callbacks:
        assert readings_due() == 1
    assert len(callbacks) == 1
    assert document.reading.state == ReadingState.WAITING
    FileReading.objects.update(state=ReadingState.RUNNING, lease_until=past, attempts=rules.MOST_DEATHS)
    readings_due()
    document.reading.refresh_from_db()
    assert (document.reading.state, document.reading.reason) == (ReadingState.FAILED, "worker")


def test_a_running_reading_is_left_to_its_worker():
    make_file(name="a.txt", content="内容。".encode())
    FileReading.objects.update(
        state=ReadingState.RUNNING, lease_until=timezone.now() + dt.timedelta(minutes=1), attempts=1
    )
    assert readings_due() == 0


def test_a_file_that_cannot_be_fetched_is_tried_again_later_each_time():
    document = make_file(name="a.txt", content="内容。".encode())
    document.file.storage.delete(document.file.name)
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason) == (ReadingState.WAITING, "storage")
    first = reading.next_try_at - reading.finished_at
    reading = file_read(file_id=document.pk)
    assert reading.next_try_at - reading.finished_at > first
    FileReading.objects.update(attempts=len(rules.TRIES))
    assert file_read(file_id=document.pk).state == ReadingState.FAILED


def test_the_command_reads_what_nobody_asked_for_and_what_failed(capsys):
    make_file(title="一", name="a.txt", content="内容。".encode())
    document = make_file(title="二", name="a.pdf", content=BROKEN)
    FileReading.objects.all().delete()
    call_command("files_read", "--now")
    assert "一：已读取" in capsys.readouterr().out
    call_command("files_read", "--failed", "--now")
    told = capsys.readouterr().out
    assert "二：没有读出 broken" in told
    assert "一：" not in told
    call_command("files_read", "--all")
    assert FileReading.objects.filter(state=ReadingState.WAITING).count() == File.objects.count()
    call_command("files_read", "--due")
    call_command("files_tidy")
    assert document.reading.state == ReadingState.WAITING
