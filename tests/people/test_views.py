"""The people pages as HR, unions and others use them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from people.models import ImportDraft, OneTimeCode, Role, RoleGrant, Trade, Unit, User
from tests.factories.people import PASSWORD, TradeFactory, UnitFactory, UserFactory, day, grant, posting
from tests.people.test_imports import PEOPLE, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(workshop: Unit) -> User:
    officer = UserFactory(username="H1", name="何人事")
    posting(officer, workshop)
    grant(officer, Role.HR, workshop)
    return officer


@pytest.fixture
def desk(client: Client, hr: User) -> Client:
    client.force_login(hr)
    return client


@pytest.fixture
def worker(team: Unit) -> User:
    person = UserFactory(username="T1", name="李铁柱")
    posting(person, team, trade=TradeFactory(name="碳化工"), since=day(-100))
    return person


def test_the_list_costs_the_same_for_five_people_and_for_fifty(
    desk: Client, team: Unit, django_assert_max_num_queries: object
) -> None:
    desk.get("/people/")
    for _ in range(50):
        posting(UserFactory(), team)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = desk.get("/people/")
    assert "共 51 人" in page.content.decode()
    assert "下一页" in page.content.decode()


def test_people_are_found_by_the_middle_of_a_name(desk: Client, worker: User) -> None:
    page = desk.get("/people/", {"q": "铁"}).content.decode()
    assert "李铁柱" in page
    assert "何人事" not in page.split("<tbody>")[1]
    assert "没有符合条件的人员" in desk.get("/people/", {"q": "无此人", "trade": "x"}).content.decode()


def test_the_export_holds_the_narrowed_list_and_nothing_runs_in_it(desk: Client, worker: User) -> None:
    User.objects.filter(pk=worker.pk).update(name="=1+1 铁")
    answer = desk.get("/people/export/", {"q": "铁"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("工号", "姓名", "单位代码")
    assert [row[:2] for row in rows[1:]] == [("T1", "'=1+1 铁")]
    assert desk.get("/people/export/").status_code == 200


def test_a_new_person_is_entered_and_given_a_code(desk: Client, team: Unit) -> None:
    data = {"staff_number": "n7", "name": "王小明", "unit": team.pk, "from_date": day().isoformat()}
    answer = desk.post("/people/new/", data, follow=True)
    page = answer.content.decode()
    assert "王小明" in page
    assert "还没有设过密码" in page
    person = User.objects.get(username="N7")
    slips = desk.post("/people/codes/", {"person": [person.pk]})
    text = slips.content.decode()
    assert "只显示这一次" in text
    assert slips["Cache-Control"] == "no-store"
    assert OneTimeCode.objects.filter(person=person).count() == 1
    again = desk.post("/people/new/", data)
    assert again.status_code == 400
    assert "已经有人用了" in again.content.decode()


def test_a_unit_out_of_reach_is_not_even_offered(desk: Client, company: Unit) -> None:
    data = {"staff_number": "n7", "name": "王小明", "unit": company.pk, "from_date": day().isoformat()}
    assert desk.post("/people/new/", data).status_code == 400
    assert not User.objects.filter(username="N7").exists()


def test_a_person_s_page_shows_places_roles_and_what_was_done(desk: Client, worker: User, team: Unit) -> None:
    other = UnitFactory(parent=team.get_parent(), name="乙班")
    data = {"unit": other.pk, "from_date": day().isoformat()}
    assert desk.post(f"/people/{worker.pk}/transfer/", data).status_code == 302
    assert desk.post(f"/people/{worker.pk}/transfer/", data).status_code == 400
    desk.post(f"/people/{worker.pk}/edit/", {"name": "李铁柱", "phone": "13800000000"})
    desk.post(f"/people/{worker.pk}/grants/new/", {"role": "master", "unit": team.pk, "from_date": day().isoformat()})
    page = desk.get(f"/people/{worker.pk}/").content.decode()
    for word in ("乙班", "甲班", "现任", "师傅", "调动了任职", "修改了资料", "13800000000"):
        assert word in page
    row = RoleGrant.objects.get(person=worker)
    assert desk.get(f"/people/grants/{row.pk}/end/").status_code == 200
    assert desk.post(f"/people/grants/{row.pk}/end/", {"last_date": day().isoformat()}).status_code == 302
    assert RoleGrant.objects.get(person=worker).to_date == day()
    assert desk.get("/people/grants/999999/end/").status_code == 404


def test_hr_is_offered_only_roles_that_it_may_grant(desk: Client, worker: User) -> None:
    page = desk.get(f"/people/{worker.pk}/grants/new/").content.decode()
    assert "师傅" in page
    assert "审计" not in page
    data = {"role": "administrator", "from_date": day().isoformat()}
    assert desk.post(f"/people/{worker.pk}/grants/new/", data).status_code == 400


def test_leaving_and_coming_back(desk: Client, worker: User) -> None:
    assert desk.post(f"/people/{worker.pk}/leave/", {"last_date": day(-1).isoformat()}).status_code == 302
    worker.refresh_from_db()
    assert not worker.is_active
    assert "账号已停用" in desk.get(f"/people/{worker.pk}/").content.decode()
    desk.post(f"/people/{worker.pk}/reactivate/")
    worker.refresh_from_db()
    assert worker.is_active
    desk.post(f"/people/{worker.pk}/deactivate/")
    worker.refresh_from_db()
    assert not worker.is_active


def test_somebody_elsewhere_is_not_shown(desk: Client, company: Unit) -> None:
    stranger = UserFactory()
    posting(stranger, company)
    for path in ("", "edit/", "transfer/", "leave/", "grants/new/"):
        assert desk.get(f"/people/{stranger.pk}/{path}").status_code == 403
    for path in ("deactivate/", "reactivate/"):
        assert desk.post(f"/people/{stranger.pk}/{path}").status_code == 403
    assert desk.get("/people/999999/").status_code == 404
    assert desk.post("/people/codes/", {"person": [stranger.pk]}).status_code == 403


def test_a_union_reads_and_changes_nothing(client: Client, worker: User, workshop: Unit) -> None:
    union = UserFactory()
    grant(union, Role.UNIT_UNION, workshop)
    client.force_login(union)
    page = client.get("/people/").content.decode()
    assert "李铁柱" in page
    assert "新增人员" not in page
    assert "/transfer/" not in client.get(f"/people/{worker.pk}/").content.decode()
    for path in (f"/people/{worker.pk}/deactivate/", f"/people/units/{workshop.pk}/close/", "/people/codes/"):
        assert client.post(path, {"person": worker.pk}).status_code == 403


def test_codes_are_for_signed_in_people(client: Client, worker: User) -> None:
    assert client.post("/people/codes/", {"person": worker.pk})["Location"].startswith("/account/login/")


def test_slips_leave_out_those_for_whom_one_may_not_print(desk: Client, worker: User, team: Unit) -> None:
    chief = UserFactory(name="管总的")
    posting(chief, team)
    grant(chief, Role.ADMINISTRATOR)
    page = desk.post("/people/codes/", {"person": [worker.pk, chief.pk]}).content.decode()
    assert "没有给这些人打印：管总的" in page
    assert OneTimeCode.objects.filter(person=chief).count() == 0


def test_the_tree_of_units_is_kept_by_hand(desk: Client, workshop: Unit, team: Unit, worker: User) -> None:
    page = desk.get("/people/units/").content.decode()
    assert "甲班" in page
    assert "和声集团" not in page
    data = {"parent": workshop.pk, "code": "TH-9", "name": "丙班", "kind": "team"}
    assert desk.post("/people/units/new/", data).status_code == 302
    unit = Unit.objects.get(code="TH-9")
    assert desk.post(f"/people/units/{unit.pk}/", {**data, "name": "丁班"}).status_code == 302
    assert desk.get(f"/people/units/{unit.pk}/move/").status_code == 200
    assert desk.post(f"/people/units/{unit.pk}/move/", {"parent": team.pk}).status_code == 302
    assert Unit.objects.get(pk=unit.pk).get_parent() == team
    refused = desk.post(f"/people/units/{team.pk}/close/")
    assert refused.status_code == 409
    assert "请先调走人员" in refused.content.decode()
    assert desk.post(f"/people/units/{unit.pk}/close/").status_code == 302
    assert not Unit.objects.get(pk=unit.pk).is_active
    desk.post(f"/people/units/{unit.pk}/reopen/")
    assert Unit.objects.get(pk=unit.pk).is_active
    assert desk.get(f"/people/units/{workshop.get_parent().pk}/").status_code == 404


def test_trades_and_posts_are_kept_by_who_keeps_the_whole_site(client: Client, desk: Client, worker: User) -> None:
    assert "碳化工" in desk.get("/people/trades/").content.decode()
    assert desk.post("/people/trades/new/", {"code": "QG", "name": "钳工"}).status_code == 403
    chief = UserFactory()
    grant(chief, Role.HR)
    client.force_login(chief)
    client.post("/people/trades/new/", {"code": "QG", "name": "钳工"})
    trade = Trade.objects.get(code="QG")
    assert client.post("/people/trades/new/", {"code": "QG", "name": "别的"}).status_code == 400
    client.post(f"/people/trades/{trade.pk}/", {"code": "QG", "name": "装配钳工"})
    client.post("/people/posts/new/", {"code": "QG1", "name": "主修", "trade": trade.pk})
    client.post("/people/posts/new/", {"code": "BZ", "name": "班长"})
    post = trade.posts.get()
    client.post(f"/people/posts/{post.pk}/", {"code": "QG1", "name": "主修工", "trade": trade.pk})
    page = client.get("/people/trades/").content.decode()
    assert all(word in page for word in ("装配钳工", "主修工", "班长", "不分工种的岗位"))
    assert client.get("/people/trades/999999/").status_code == 404
    assert client.get("/people/posts/999999/").status_code == 404


def upload(desk: Client, content: bytes, name: str = "人员.xlsx") -> object:
    return desk.post("/people/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_workbook_is_tried_and_then_imported(desk: Client, team: Unit) -> None:
    lines = [PEOPLE, ("N1", "新人一", team.code), ("N2", "", team.code), ("N3", "新人三", team.code)]
    answer = upload(desk, book(人员=lines))
    trial = desk.get(answer["Location"]).content.decode()  # type: ignore[index]
    for word in ("试运行的结果", "有 1 处错误", "“人员”第 3 行", "姓名", "必填", "导入 2 行"):
        assert word in trial
    assert not User.objects.filter(username="N1").exists()
    stopped = desk.post(answer["Location"], {"faulty": "stop"}, follow=True)  # type: ignore[index]
    assert "一行也没有导入" in stopped.content.decode()
    done = desk.post(answer["Location"], {"faulty": "skip"}, follow=True).content.decode()  # type: ignore[index]
    for word in ("导入完成", "有 1 处错误，这些行没有导入", "给新增的 2 人打印一次性密码"):
        assert word in done
    assert User.objects.filter(username__in=["N1", "N3"]).count() == 2


def test_what_is_no_workbook_is_refused_at_the_field(desk: Client) -> None:
    for name, content in (("a.xlsx", b"x"), ("a.xls", b"x"), ("a.xlsx", b"x" * (5 * 1024 * 1024 + 1))):
        assert upload(desk, content, name).status_code == 400  # type: ignore[attr-defined]
    assert not ImportDraft.objects.exists()
    assert desk.get("/people/import/999999/").status_code == 409


def test_one_sets_language_and_text_size_for_oneself(client: Client, team: Unit) -> None:
    person = UserFactory(name="李铁柱")
    posting(person, team)
    client.force_login(person)
    page = client.get("/me/profile/").content.decode()
    assert "甲班" in page
    assert "李铁柱" in page
    data = {"language": "en", "text_size": "large", "phone": "13800000000", "name": "别名", "is_superuser": "on"}
    answer = client.post("/me/profile/", data, follow=True)
    assert answer["Content-Language"] == "en"
    person.refresh_from_db()
    assert (person.language, person.text_size, person.phone) == ("en", "large", "13800000000")
    assert (person.name, person.is_superuser) == ("李铁柱", False)
    assert person.wagtail_userprofile.preferred_language == "en"
    assert client.post("/me/profile/", {"language": "xx", "text_size": "large"}).status_code == 400


def test_the_language_of_the_admin_and_of_the_site_stay_equal(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    client.post("/account/language/", {"language": "zh-hant", "next": "/"})
    person.refresh_from_db()
    assert person.language == person.wagtail_userprofile.preferred_language == "zh-hant"
    person.wagtail_userprofile.preferred_language = "en"
    person.wagtail_userprofile.save()
    person.refresh_from_db()
    assert person.language == "en"
    client.post("/account/language/", {"language": "xx", "next": "/"})
    person.refresh_from_db()
    assert person.language == "en"


def test_a_mail_address_is_asked_for_where_mail_is_set_up(client: Client, settings: object) -> None:
    person = UserFactory()
    client.force_login(person)
    assert "邮箱" not in client.get("/me/profile/").content.decode()
    settings.PASSWORD_RESET_BY_MAIL = True  # type: ignore[attr-defined]
    data = {"language": "zh-hans", "text_size": "normal", "email": "tie@example.com"}
    client.post("/me/profile/", data)
    person.refresh_from_db()
    assert person.email == "tie@example.com"


def test_a_refusal_is_json_for_who_asks_for_json(desk: Client) -> None:
    answer = desk.get("/people/999999/", HTTP_ACCEPT="application/json")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert "没有找到" in answer.json()["message"]


def test_who_mistyped_too_often_is_let_in_again_by_hr(desk: Client, worker: User, workshop: Unit) -> None:
    door = Client()
    for _ in range(6):
        door.post("/account/login/", {"login": "t1", "password": "wrong"})
    sentence = "连续输错密码，登录已暂停"
    assert sentence in desk.get(f"/people/{worker.pk}/").content.decode()
    union = UserFactory(username="U2")
    grant(union, Role.UNIT_UNION, workshop)
    reader = Client()
    reader.force_login(union)
    assert "解除登录暂停" not in reader.get(f"/people/{worker.pk}/").content.decode()
    assert reader.post(f"/people/{worker.pk}/open/").status_code == 403
    page = desk.post(f"/people/{worker.pk}/open/", follow=True).content.decode()
    assert sentence not in page
    assert "解除了登录暂停" in page
    assert door.post("/account/login/", {"login": "t1", "password": PASSWORD}).status_code == 302
