"""The union's list, records and teams, as their users meet them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people.models import Role
from studios import selectors
from studios.models import Studio, StudioEquipment
from tests.factories.people import grant
from tests.factories.studios import make_member, make_person, make_studio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def union(client: Client):
    person = make_person("工会干事")
    grant(person, Role.COMPANY_UNION)
    client.force_login(person)
    return person


def test_the_list_shows_level_leader_and_contact(client, union, django_assert_max_num_queries):
    studio = make_studio(leader=make_person("顾海潮", phone="13800000000"), honour="市劳动模范", contact="内线 2201")
    for _ in range(5):
        make_studio()
    client.get(reverse("studios:list"))  # the first page of the day writes the person's groups
    with django_assert_max_num_queries(11):
        page = client.get(reverse("studios:list"))
    text = page.content.decode()
    for words in (studio.name, "顾海潮", "市劳动模范", "内线 2201", "13800000000"):
        assert words in text


def test_filters_narrow_and_an_empty_list_says_what_to_do(client, union):
    studio = make_studio(leader=make_person("白一舟"))
    assert studio.name in client.get(reverse("studios:list"), {"q": "一舟", "level": "building"}).content.decode()
    empty = client.get(reverse("studios:list"), {"q": "无此名", "unit": "99", "type": "x", "sort": "nonsense"})
    assert "没有符合条件的工作室" in empty.content.decode()


def test_the_export_has_the_rows_of_the_list(client, union):
    studio = make_studio(leader=make_person("白一舟"), contact="=1+1")
    make_studio()
    response = client.get(reverse("studios:export"), {"q": "白一舟"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert len(rows) == 2
    assert rows[1][0] == studio.name
    assert rows[1][7] == "'=1+1"


def test_a_union_of_one_unit_sees_and_makes_only_its_own(client):
    company = make_unit("集团")
    shop, other = make_unit("碱厂", parent=company), make_unit("港务", parent=company)
    mine, theirs = make_studio(unit=shop), make_studio(unit=other)
    officer = make_person()
    grant(officer, Role.UNIT_UNION, shop)
    client.force_login(officer)
    text = client.get(reverse("studios:list")).content.decode()
    assert mine.name in text and theirs.name not in text
    assert client.get(reverse("studios:record", args=[theirs.pk])).status_code == 403
    leader = make_person("新领衔")
    answer = client.post(reverse("studios:new"), {"leader": leader.username, "unit": other.pk})
    assert answer.status_code == 200 and not Studio.objects.filter(name__contains="新领衔").exists()


def test_a_new_studio_needs_only_leader_and_unit(client, union):
    leader, unit = make_person("陶新月"), make_unit()
    answer = client.post(reverse("studios:new"), {"leader": leader.username.lower(), "unit": unit.pk})
    studio = Studio.objects.get(name="陶新月劳模创新工作室")
    assert answer.url == reverse("studios:record", args=[studio.pk])
    again = client.post(reverse("studios:new"), {"leader": leader.username, "unit": unit.pk})
    assert "已有同名的工作室" in again.content.decode()
    nobody = client.post(reverse("studios:new"), {"leader": "X404", "unit": unit.pk})
    assert "没有工号为 X404 的在职人员" in nobody.content.decode()


def record_data(studio: Studio, **changes):
    return {"name": studio.name, "unit": studio.unit_id, "level": studio.level, "state": studio.state, **changes}


def test_the_record_is_changed_by_the_union_and_says_what_it_lacks(client, union):
    studio = make_studio()
    url = reverse("studios:record", args=[studio.pk])
    assert "成员 1 人，至少要 3 人" in client.get(url).content.decode()
    assert client.post(url, record_data(studio, place="二号楼 301", state="built")).status_code == 302
    studio.refresh_from_db()
    assert (studio.place, studio.state) == ("二号楼 301", "built")
    wrong = client.post(url, record_data(studio, state="kept", aim="写了很久的宗旨"))
    assert "不能从当前状态直接变为所选状态" in wrong.content.decode()
    assert "写了很久的宗旨" in wrong.content.decode()


def test_a_head_reads_the_record_and_keeps_the_team(client):
    studio = make_studio(leader=make_person("领衔"))
    client.force_login(selectors.heads_of(studio).get())
    assert client.get(reverse("studios:record", args=[studio.pk])).status_code == 200
    assert client.post(reverse("studios:record", args=[studio.pk]), record_data(studio)).status_code == 403
    assert client.get(reverse("studios:leader_change", args=[studio.pk])).status_code == 403
    joiner = make_person("新成员")
    client.post(reverse("studios:member_add", args=[studio.pk]), {"person": joiner.username, "role": "member"})
    row = studio.memberships.get(person=joiner)
    twice = client.post(reverse("studios:member_add", args=[studio.pk]), {"person": joiner.username, "role": "member"})
    assert twice.status_code == 400 and "已经是本工作室的成员" in twice.content.decode()
    client.post(reverse("studios:member_edit", args=[row.pk]), {"role": "master", "post": "操作工"})
    row.refresh_from_db()
    assert (row.role, row.post) == ("master", "操作工")
    day = selectors.today().isoformat()
    client.post(reverse("studios:deputy", args=[row.pk]), {"deputy_from": day, "deputy_to": day})
    assert joiner in selectors.reviewers_of(studio)
    wrong = client.post(reverse("studios:deputy", args=[row.pk]), {"deputy_from": day})
    assert "请同时填写开始和结束日期" in wrong.content.decode()
    assert "新成员" in client.get(reverse("studios:team", args=[studio.pk])).content.decode()
    assert "确认移出" in client.get(reverse("studios:member_remove", args=[row.pk])).content.decode()
    client.post(reverse("studios:member_remove", args=[row.pk]))
    assert not studio.memberships.filter(person=joiner).exists()
    last = client.post(reverse("studios:member_remove", args=[studio.memberships.get().pk]))
    assert "至少要有一位负责人" in last.content.decode()


def test_honours_equipment_and_the_leaders_words_are_kept_by_the_head(client):
    studio = make_studio()
    client.force_login(selectors.heads_of(studio).get())
    client.post(reverse("studios:honour_add", args=[studio.pk]), {"name": "示范点", "year": 2024})
    client.post(
        reverse("studios:equipment_add", args=[studio.pk]), {"name": "超声测厚仪", "kind": "instrument", "quantity": 2}
    )
    leader = studio.leaders.get()
    client.post(reverse("studios:leader_edit", args=[leader.pk]), {"words": "手上有准，心里有数。"})
    text = client.get(studio.page.get_url()).content.decode()
    for words in ("示范点", "超声测厚仪", "手上有准，心里有数。"):
        assert words in text
    line = StudioEquipment.objects.get()
    client.post(reverse("studios:equipment_remove", args=[line.pk]))
    client.post(reverse("studios:honour_remove", args=[studio.honours.get().pk]))
    assert not studio.honours.exists() and not studio.equipment_lines.exists()


def test_the_union_hands_a_studio_to_a_new_leader(client, union):
    studio, heir = make_studio(), make_person("接任者")
    url = reverse("studios:leader_change", args=[studio.pk])
    client.post(url, {"person": heir.username, "from_date": selectors.today().isoformat()})
    assert heir in selectors.heads_of(studio)
    assert (
        "历任领衔人" in client.get(reverse("studios:team", args=[studio.pk])).content.decode()
        or studio.leaders.count() == 2
    )


def test_outsiders_are_kept_out(client):
    studio = make_studio()
    row = make_member(studio)
    client.force_login(make_person())
    for name, pk in (("team", studio.pk), ("member_add", studio.pk), ("member_remove", row.pk), ("record", studio.pk)):
        assert client.get(reverse(f"studios:{name}", args=[pk])).status_code == 403, name
    assert client.get(reverse("studios:list")).status_code == 403
    assert client.get(reverse("studios:team", args=[999])).status_code == 404


def test_the_index_finds_studios_by_leader(client):
    studio = make_studio(leader=make_person("覃小满"))
    make_studio()
    index = studio.page.get_parent().get_url()
    assert studio.name in client.get(index, {"q": "小满"}).content.decode()
    assert "没有找到工作室" in client.get(index, {"q": "查无此人"}).content.decode()
