"""Making studios, and who is in them from when to when."""

from __future__ import annotations

import datetime as dt

import pytest
from wagtail.models import GroupPagePermission, Page

from people.directory.services import person_leave
from people.models import AuditEntry
from people.roles.services import groups_sync
from studios import selectors, services
from studios.errors import AlreadyMember, DatesWrong, LastHead, NameTaken, NotMember, StateNotAllowed
from studios.models import HomePage, Membership, StudioIndexPage, StudioPage
from tests.factories.people import posting
from tests.factories.studios import make_member, make_person, make_studio, make_unit

pytestmark = pytest.mark.django_db


def backdate(row: Membership, days: int = 30) -> Membership:
    row.from_date = selectors.today() - dt.timedelta(days=days)
    row.save()
    return row


def test_a_new_studio_has_its_place_groups_collection_and_workflow():
    leader = make_person("顾海潮")
    studio = make_studio(leader=leader)
    page = StudioPage.objects.get(studio=studio)
    assert studio.name == page.title == "顾海潮劳模创新工作室"
    assert page.live and page.get_parent().specific == StudioIndexPage.objects.get()
    assert HomePage.objects.count() == 1
    assert studio.collection.name == studio.name
    assert page.get_workflow().workflow_tasks.get().task.specific.groups.get() == studio.heads_group
    assert selectors.is_head(leader, studio)
    assert leader in studio.heads_group.user_set.all() and leader in studio.members_group.user_set.all()


def test_members_draft_and_only_heads_publish():
    studio = make_studio()
    granted = GroupPagePermission.objects.filter(page=studio.page)
    member_rights = set(granted.filter(group=studio.members_group).values_list("permission__codename", flat=True))
    head_rights = set(granted.filter(group=studio.heads_group).values_list("permission__codename", flat=True))
    assert member_rights == {"add_page", "change_page"}
    assert {"publish_page"} <= head_rights


def test_a_member_may_only_touch_the_studio_of_his_own():
    mine, other = make_studio(), make_studio()
    person = make_member(mine).person
    assert mine.page.permissions_for_user(person).can_add_subpage()
    assert not other.page.permissions_for_user(person).can_add_subpage()
    assert not mine.page.permissions_for_user(person).can_publish()


def test_two_studios_share_the_index_and_no_name():
    leader = make_person("白一舟")
    make_studio(leader=leader)
    make_studio()
    assert StudioIndexPage.objects.count() == 1
    with pytest.raises(NameTaken):
        make_studio(leader=leader)


def test_a_person_joins_once():
    studio = make_studio()
    row = make_member(studio)
    with pytest.raises(AlreadyMember):
        make_member(studio, person=row.person)


def test_who_leaves_loses_the_groups_and_the_drafts_go_to_the_head():
    studio = make_studio()
    row = backdate(make_member(studio))
    draft = studio.page.add_child(
        instance=Page(title="草稿", slug="draft", live=False, has_unpublished_changes=True, owner=row.person)
    )
    assert services.member_remove(actor=None, membership=row) == 1
    draft.refresh_from_db()
    assert selectors.is_head(draft.owner, studio)
    assert row.person not in studio.members_group.user_set.all()
    assert not selectors.studios_of(row.person).exists()
    with pytest.raises(NotMember):
        services.member_remove(actor=None, membership=row)


def test_a_member_entered_by_mistake_leaves_no_trace_but_the_audit_entry():
    studio = make_studio()
    row = make_member(studio)
    services.member_remove(actor=None, membership=row)
    assert not studio.memberships.filter(person=row.person).exists()
    assert AuditEntry.objects.filter(action="studio.member_remove").exists()


def test_the_last_head_stays():
    studio = make_studio()
    head = studio.memberships.get()
    with pytest.raises(LastHead):
        services.member_remove(actor=None, membership=head)
    with pytest.raises(LastHead):
        services.member_update(actor=None, membership=head, role="member")
    with pytest.raises(LastHead):
        services.leader_end(actor=None, leader=studio.leaders.get(), to_date=selectors.today())


def test_nobody_leaves_before_he_came():
    row = make_member(make_studio())
    with pytest.raises(DatesWrong):
        services.member_remove(actor=None, membership=row, to_date=row.from_date - dt.timedelta(days=9))


def test_a_new_leader_keeps_the_history():
    old, new = make_person("老师傅"), make_person("新师傅")
    studio = make_studio(leader=old, from_date=dt.date(2020, 1, 1))
    services.leader_change(actor=None, studio=studio, person=new, from_date=dt.date(2024, 5, 1), honour="省劳模")
    first = studio.leaders.get(person=old)
    assert first.to_date == dt.date(2024, 4, 30)
    assert list(selectors.heads_of(studio, dt.date(2023, 1, 1))) == [old]
    assert list(selectors.heads_of(studio)) == [new]
    assert studio.memberships.get(person=old, to_date__isnull=True).role == "master"
    assert set(studio.heads_group.user_set.all()) == {new}


def test_a_change_of_lead_in_the_future_leaves_today_as_it_is():
    old, new = make_person(), make_person()
    studio = make_studio(leader=old)
    day = selectors.today() + dt.timedelta(days=40)
    services.leader_change(actor=None, studio=studio, person=new, from_date=day, keep_member=False)
    assert list(selectors.heads_of(studio)) == [old]
    assert list(selectors.heads_of(studio, day)) == [new]
    groups_sync(day=day)
    assert set(studio.heads_group.user_set.all()) == {new}


def test_two_may_lead_together_and_one_may_stop():
    studio = make_studio()
    beside = services.leader_add(actor=None, studio=studio, person=make_person(), from_date=selectors.today())
    assert selectors.leaders_of(studio).count() == 2
    with pytest.raises(AlreadyMember):
        services.leader_add(actor=None, studio=studio, person=beside.person, from_date=selectors.today())
    with pytest.raises(DatesWrong):
        services.leader_end(actor=None, leader=beside, to_date=beside.from_date - dt.timedelta(days=2))
    services.leader_end(actor=None, leader=beside, to_date=selectors.today())
    with pytest.raises(NotMember):
        services.leader_end(actor=None, leader=beside, to_date=selectors.today())


def test_a_deputy_reviews_only_within_his_dates():
    studio = make_studio()
    row = make_member(studio)
    today = selectors.today()
    services.deputy_set(actor=None, membership=row, from_date=today, to_date=today + dt.timedelta(days=3))
    assert row.person in selectors.reviewers_of(studio)
    assert not selectors.is_head(row.person, studio)
    assert row.person in studio.heads_group.user_set.all()
    assert row.person not in selectors.reviewers_of(studio, today + dt.timedelta(days=4))
    services.deputy_set(actor=None, membership=row, from_date=None, to_date=None)
    assert row.person not in studio.heads_group.user_set.all()
    with pytest.raises(DatesWrong):
        services.deputy_set(actor=None, membership=row, from_date=today, to_date=None)


def test_a_change_of_role_is_a_dated_row():
    studio = make_studio()
    row = backdate(make_member(studio))
    services.member_update(actor=None, membership=row, role="master", post="碳化操作工", skill_level="技师")
    rows = studio.memberships.filter(person=row.person).order_by("from_date")
    assert [(r.role, r.to_date is None) for r in rows] == [("member", False), ("master", True)]
    assert rows.last().post == "碳化操作工"


def test_a_person_who_leaves_the_company_leaves_every_studio():
    studio = make_studio()
    row = backdate(make_member(studio))
    services.person_leaves(actor=None, person=row.person, to_date=selectors.today() - dt.timedelta(days=1))
    assert not selectors.studios_of(row.person).exists()


def test_the_record_changes_with_its_page_and_keeps_to_the_order_of_states():
    studio, other = make_studio(), make_studio()
    services.studio_update(actor=None, studio=studio, name="新名称", place="二号楼", state="built")
    studio.page.refresh_from_db()
    assert studio.page.title == "新名称"
    with pytest.raises(StateNotAllowed):
        services.studio_update(actor=None, studio=studio, state="kept")
    studio.refresh_from_db()
    with pytest.raises(NameTaken):
        services.studio_update(actor=None, studio=studio, name=other.name)


def test_the_record_survives_its_page_being_unpublished():
    studio = make_studio()
    studio.page.unpublish()
    assert list(selectors.studios_listed(text=studio.name)) == [studio]


def test_gaps_are_judged_by_the_rule_set_in_force():
    studio = make_studio(honour_level="company")
    by_code = {ruleset.code: ruleset for ruleset in selectors.rulesets_in_force()}
    assert set(by_code) == {"power-2013", "group-forms", "school-content"}
    lenient = {gap.code for gap in selectors.record_gaps(studio, by_code["power-2013"])}
    strict = {gap.code for gap in selectors.record_gaps(studio, by_code["school-content"])}
    assert "leader" not in lenient and "leader" in strict
    assert selectors.ruleset_in_force("power-2013") == by_code["power-2013"]
    assert selectors.ruleset_in_force("power-2013", dt.date(2001, 1, 1)) is None


def test_the_list_is_filtered_and_counts_members_of_today(django_assert_max_num_queries):
    company = make_unit("集团")
    shop = make_unit("碱厂", parent=company)
    here, there = make_studio(unit=shop), make_studio()
    gone = backdate(make_member(here))
    services.member_remove(actor=None, membership=gone)
    make_member(here)
    with django_assert_max_num_queries(3):
        rows = list(selectors.studios_listed(unit=company))
        names = [leader.person.name for row in rows for leader in row.leaders_now]
    assert rows == [here] and names
    assert rows[0].member_count == 2
    assert there in selectors.studios_listed(level="building", state="preparing")
    assert not selectors.studios_listed(text="没有这个名字").exists()


def test_leaving_the_company_is_heard_by_the_studios():
    studio = make_studio()
    row = backdate(make_member(studio))
    officer = make_person(is_superuser=True)
    posting(row.person, studio.unit, since=row.from_date)
    person_leave(actor=officer, person=row.person, last_date=selectors.today() - dt.timedelta(days=1))
    assert not selectors.studios_of(row.person).exists()
