"""From draft to release: submission, the head's queue, sending back, deputies, quarrels of two."""

import datetime as dt

import pytest
from wagtail.models import WorkflowState

from kb.errors import (
    AlreadyDecided,
    AlreadySubmitted,
    NotAuthor,
    NotComplete,
    NotReviewer,
    NotSubmitted,
    OwnText,
    ReasonMissing,
    TextChanged,
)
from kb.models import Notice, OperatingMethodPage, ReviewTask
from kb.publishing.queue import in_work_for, notices_for, queue_for, queue_size, state_of
from kb.publishing.services import approve, page_duplicate, send_back, submit, withdraw
from kb.selectors import latest_release
from people.models import AuditEntry, Role
from studios.models import Membership, MembershipRole
from studios.selectors import heads_of
from tests.factories.kb import make_case, make_method
from tests.factories.people import day, grant
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db


def fresh(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def studio():
    return make_studio()


@pytest.fixture
def head(studio):
    return heads_of(studio).get()


@pytest.fixture
def author(studio):
    return make_member(studio, MembershipRole.MASTER).person


@pytest.fixture
def draft(studio, author):
    return make_method(studio=studio, author=author, published=False)


@pytest.fixture
def waiting(draft, author):
    submit(actor=author, page=draft)
    return fresh(draft)


def seen(page):
    return page.latest_revision_id


def test_a_submitted_text_waits_for_the_head_and_for_nobody_else(waiting, head, author):
    assert isinstance(waiting.current_workflow_task, ReviewTask)
    row = queue_for(head)[0]
    assert (row.page.pk, row.author, row.days, row.waited) == (waiting.pk, author, 0, "刚刚提交")
    assert queue_for(author) == []
    assert queue_size(make_studio().leaders.get().person) == 0


def test_the_head_approves_and_readers_have_the_release_with_note(waiting, head, author):
    release = approve(actor=head, page=waiting, revision_id=seen(waiting), note="可以用了", significance="major")
    page = fresh(waiting)
    assert page.live
    assert (release.number, release.released_by, release.change_note) == (1, head, "可以用了")
    assert not release.is_own_text
    notice = notices_for(author).get(kind=Notice.Kind.RELEASED)
    assert "第 1 版" in notice.title
    assert AuditEntry.objects.filter(action="review.approve", actor=head).exists()
    assert queue_for(head) == []


def test_the_head_sends_back_and_the_author_reads_why(waiting, head, author):
    send_back(actor=head, page=waiting, revision_id=seen(waiting), reason="第 2 步写清力矩")
    row = in_work_for(author)[0]
    assert (row.state, row.reason, row.reviewer) == ("returned", "第 2 步写清力矩", head)
    assert notices_for(author).get().text == "第 2 步写清力矩"
    assert queue_for(head) == []


def test_a_text_that_was_sent_back_is_mended_and_goes_on_in_the_same_review(waiting, head, author):
    send_back(actor=head, page=waiting, revision_id=seen(waiting), reason="补")
    page = fresh(waiting)
    page.effect = "补好了，少停 8 分钟。"
    page.save_revision(user=author)
    submit(actor=author, page=fresh(page))
    assert WorkflowState.objects.for_instance(page).count() == 1
    release = approve(actor=head, page=fresh(page), revision_id=fresh(page).latest_revision_id)
    assert "补好了" in release.text


def test_a_reason_is_demanded(waiting, head):
    with pytest.raises(ReasonMissing):
        send_back(actor=head, page=waiting, revision_id=seen(waiting), reason="  ")


def test_the_second_of_two_reviewers_is_told_that_it_is_done(waiting, head):
    approve(actor=head, page=waiting, revision_id=seen(waiting))
    with pytest.raises(AlreadyDecided):
        send_back(actor=head, page=waiting, revision_id=seen(waiting), reason="晚了")
    assert fresh(waiting).live


def test_a_text_that_changed_after_it_was_read_is_not_released(waiting, head, author):
    read = seen(waiting)
    waiting.effect = "又改了。"
    waiting.save_revision(user=author)
    with pytest.raises(TextChanged):
        approve(actor=head, page=fresh(waiting), revision_id=read)
    with pytest.raises(TextChanged):
        send_back(actor=head, page=fresh(waiting), revision_id=read, reason="x")


def test_the_author_and_strangers_may_not_decide(waiting, author):
    stranger = make_studio().leaders.get().person
    for person in (author, stranger):
        with pytest.raises(NotReviewer):
            approve(actor=person, page=waiting, revision_id=seen(waiting))
        with pytest.raises(NotReviewer):
            send_back(actor=person, page=waiting, revision_id=seen(waiting), reason="x")


def test_the_only_head_releases_his_own_text_and_the_record_says_so(studio, head):
    page = make_method(studio=studio, author=head, published=False)
    submit(actor=head, page=page)
    release = approve(actor=head, page=fresh(page), revision_id=seen(page))
    assert release.is_own_text


def test_one_of_two_heads_does_not_release_his_own_text(studio, head):
    other = make_member(studio, MembershipRole.HEAD).person
    page = make_method(studio=studio, author=head, published=False)
    submit(actor=head, page=page)
    with pytest.raises(OwnText):
        approve(actor=head, page=fresh(page), revision_id=seen(page))
    assert approve(actor=other, page=fresh(page), revision_id=seen(page)).released_by == other


def test_a_deputy_decides_within_his_dates_only(studio, waiting):
    person = make_member(studio, MembershipRole.MASTER).person
    row = Membership.objects.filter(person=person)
    row.update(deputy_from_date=day(-5), deputy_to_date=day(-1))
    assert queue_for(person) == []
    row.update(deputy_from_date=day(-1), deputy_to_date=day(3))
    assert len(queue_for(person)) == 1
    assert approve(actor=person, page=waiting, revision_id=seen(waiting)).released_by == person


def test_editors_and_administrators_may_decide(studio, waiting):
    editor = make_person()
    assert queue_for(editor) == []
    grant(editor, Role.EDITOR)
    assert [row.page.pk for row in queue_for(editor)] == [waiting.pk]
    assert approve(actor=editor, page=waiting, revision_id=seen(waiting)).released_by == editor


def test_what_a_head_corrects_while_it_waits_does_not_make_him_the_author(studio, waiting, head):
    make_member(studio, MembershipRole.HEAD)
    waiting.effect = "改正一个错字。"
    waiting.save_revision(user=head)
    assert approve(actor=head, page=fresh(waiting), revision_id=fresh(waiting).latest_revision_id)


def test_readers_keep_the_release_while_the_next_waits(studio, author, head):
    page = make_method(studio=studio, author=author)
    page.title = "新名"
    page.save_revision(user=author)
    submit(actor=author, page=fresh(page))
    assert latest_release(page.page_key).number == 1
    assert in_work_for(author)[0].state == "waiting"
    approve(actor=head, page=fresh(page), revision_id=fresh(page).latest_revision_id)
    assert latest_release(page.page_key).number == 2


def test_submitting_twice_or_without_right_or_unfinished_is_refused(waiting, author, studio):
    with pytest.raises(AlreadySubmitted):
        submit(actor=author, page=waiting)
    with pytest.raises(NotAuthor):
        submit(actor=make_person(), page=make_method(studio=studio, published=False))
    unfinished = make_method(studio=studio, author=author, published=False)
    unfinished.effect = ""
    unfinished.save_revision(user=author, clean=False)
    with pytest.raises(NotComplete, match="一句话效果"):
        submit(actor=author, page=fresh(unfinished))


def test_the_author_takes_back_what_waits(waiting, author, head):
    withdraw(actor=author, page=waiting)
    assert queue_for(head) == []
    assert state_of(fresh(waiting)).state == "draft"
    assert not notices_for(head, unread_only=True).exists()
    with pytest.raises(NotSubmitted):
        withdraw(actor=author, page=fresh(waiting))


def test_a_duplicate_is_a_draft_of_its_own(studio, author):
    page = make_method(studio=studio)
    first = page_duplicate(actor=author, page=page)
    second = page_duplicate(actor=author, page=page)
    assert not first.live
    assert first.owner == author
    assert first.page_key != page.page_key
    assert {first.slug, second.slug} == {f"{page.slug}-2", f"{page.slug}-3"}
    assert [block.value["action"] for block in first.steps] == [block.value["action"] for block in page.steps]
    with pytest.raises(NotAuthor):
        page_duplicate(actor=make_person(), page=page)


def test_an_unpublished_page_says_that_it_was_withdrawn(studio, author):
    page = make_method(studio=studio, author=author)
    assert state_of(page).state == "released"
    page.unpublish()
    assert state_of(fresh(page)).state == "withdrawn"


def test_waiting_is_told_in_days_and_long_waits_stand_out(waiting, head):
    task = waiting.current_workflow_task_state
    type(task).objects.filter(pk=task.pk).update(started_at=task.started_at - dt.timedelta(days=4))
    row = queue_for(head)[0]
    assert (row.waited, row.is_long) == ("等了 4 天", True)


def test_the_queue_costs_the_same_for_many_as_for_few(studio, head, author, django_assert_max_num_queries):
    for _number in range(5):
        submit(actor=author, page=make_case(studio=studio, author=author, published=False))
    with django_assert_max_num_queries(9):
        assert len(queue_for(head)) == 5


def login(client, person):
    client.force_login(person)
    return client


def test_the_heads_pages_show_the_difference_and_decide(client, studio, author, head):
    page = make_method(studio=studio, author=author, effect="平均 11 分钟止漏")
    page.effect = "平均 9 分钟止漏"
    page.change_note = "缩短了两分钟"
    page.save_revision(user=author)
    submit(actor=author, page=fresh(page))
    login(client, head)
    assert "改了 概要" in client.get("/review/").content.decode()
    html = client.get(f"/review/{page.pk}/").content.decode()
    assert "<del>11</del>" in html
    assert "缩短了两分钟" in html
    data = {"decision": "approve", "revision": fresh(page).latest_revision_id, "note": "好", "significance": "minor"}
    assert client.post(f"/review/{page.pk}/", data).status_code == 302
    assert latest_release(page.page_key).change_note == "好"
    assert "没有在等待审核" in client.get(f"/review/{page.pk}/").content.decode()
    assert client.post(f"/review/{page.pk}/", data).status_code == 409


def test_sending_back_without_a_reason_keeps_the_page_and_says_why(client, waiting, head):
    login(client, head)
    html = client.post(
        f"/review/{waiting.pk}/", {"decision": "send-back", "revision": seen(waiting), "reason": ""}
    ).content.decode()
    assert "请写明要改什么" in html
    data = {"decision": "send-back", "revision": seen(waiting), "reason": "补照度"}
    response = client.post(f"/review/{waiting.pk}/", data, follow=True)
    assert f'data-keep-clear="send-back-{waiting.pk}"' in response.content.decode()
    assert "补照度" in client.get(f"/review/{waiting.pk}/").content.decode()


def test_review_pages_are_closed_to_others(client, waiting):
    assert client.get("/review/").status_code == 302
    login(client, make_person())
    assert client.get(f"/review/{waiting.pk}/").status_code == 403
    assert client.get(f"/review/{waiting.pk}/preview/").status_code == 403
    assert client.get("/review/999999/").status_code == 404
    assert "没有等您审核" in client.get("/review/").content.decode()


def test_the_author_sees_previews_submits_and_takes_back_on_his_own_page(client, draft, author):
    login(client, author)
    assert "草稿" in client.get("/review/mine/").content.decode()
    assert "这是预览" in client.get(f"/review/{draft.pk}/preview/").content.decode()
    client.post(f"/review/{draft.pk}/submit/")
    assert "撤回再改" in client.get("/review/mine/").content.decode()
    client.post(f"/review/{draft.pk}/withdraw/")
    assert state_of(fresh(draft)).state == "draft"
    response = client.post(f"/review/{draft.pk}/duplicate/")
    assert "/admin/pages/" in response["Location"]
    assert OperatingMethodPage.objects.count() == 2


def test_a_notice_opens_its_page_once_for_its_person_only(client, waiting, head, author):
    send_back(actor=head, page=waiting, revision_id=seen(waiting), reason="补")
    notice = notices_for(author).get()
    login(client, head)
    assert client.get(f"/review/notices/{notice.pk}/").status_code == 404
    login(client, author)
    assert client.get(f"/review/notices/{notice.pk}/")["Location"] == notice.url
    assert not notices_for(author, unread_only=True).exists()
