"""What `people` adds to Wagtail's admin and closes there."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from people.audience import audience_for, explain
from people.audience.forms import AudienceFormField
from people.audience.registry import _choices, register_audience_choices
from people.audience.words import clause_in_words
from people.logs import record
from people.models import Role, Unit, User
from studios.models import HomePage
from tests.factories.people import UserFactory, grant, posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    person = UserFactory(username="A1", name="管总的")
    grant(person, Role.ADMINISTRATOR)
    return person


@pytest.fixture
def admin(client: Client, chief: User, home: HomePage) -> Client:
    client.force_login(chief)
    return client


class Form(forms.Form):
    who = AudienceFormField()


def sent(**data: object) -> Form:
    return Form({f"who_{key}": value for key, value in data.items()})


def test_users_are_found_in_the_admin_by_the_middle_of_name_and_number(admin: Client) -> None:
    UserFactory(username="T-77", name="李铁柱")
    assert "李铁柱" in admin.get("/admin/users/", {"q": "铁"}).content.decode()
    assert "李铁柱" in admin.get("/admin/users/", {"q": "-77"}).content.decode()
    assert "李铁柱" not in admin.get("/admin/users/", {"q": "无"}).content.decode()


def test_users_are_made_and_changed_on_our_own_pages_alone(admin: Client, client: Client) -> None:
    person = UserFactory()
    client.force_login(UserFactory(is_superuser=True))
    assert client.get("/admin/users/new/")["Location"] == "/people/new/"
    for path in (f"edit/{person.pk}/", f"delete/{person.pk}/"):
        answer = client.post(f"/admin/users/{path}", {"username": "X"})
        assert answer["Location"] == f"/people/{person.pk}/"
    for action in ("delete", "assign_role", "set_active_state"):
        answer = client.post(f"/admin/bulk/people/user/{action}/?id={person.pk}", {"mark_as_active": "False"})
        assert answer["Location"] == "/people/"
    person.refresh_from_db()
    assert person.is_active


def test_an_administrator_has_no_right_to_change_users_in_the_admin(admin: Client, chief: User) -> None:
    admin.get("/admin/")
    chief = User.objects.get(pk=chief.pk)
    assert not any(chief.has_perm(f"people.{verb}_user") for verb in ("add", "change", "delete"))
    assert chief.has_perm("people.view_user")


def test_the_menus_lead_to_people_and_reports(admin: Client) -> None:
    page = admin.get("/admin/").content.decode()
    assert "/people/" in page
    assert "/admin/people/why/" in page


def test_why_he_may_see_a_page_is_told_clause_by_clause(admin: Client, home: HomePage, workshop: Unit) -> None:
    worker, stranger = UserFactory(username="T1"), UserFactory(username="T2")
    posting(worker, workshop)
    restriction = PageViewRestriction.objects.create(page=home, restriction_type="login")
    file = get_document_model().objects.create(
        title="规程", own_audience=[f"unit:{workshop.pk}", "role:editor"], file=ContentFile(b"x", name="g.txt")
    )
    page = admin.get("/admin/people/why/", {"person": "t1", "address": f"http://testserver{file.url}"}).content.decode()
    assert "可以看" in page
    assert "编辑、碳化车间" in page
    assert "此人属于“碳化车间”" in page
    page = admin.get("/admin/people/why/", {"person": "T2", "address": file.url}).content.decode()
    assert f"{stranger} 不能看" in page
    page = admin.get("/admin/people/why/", {"person": "T2", "address": home.url}).content.decode()
    assert "“传承”上的访问限制" in page
    assert "登录的人" in page
    restriction.restriction_type = "password"
    restriction.save()
    assert "共用密码" in admin.get("/admin/people/why/", {"person": "T2", "address": home.url}).content.decode()
    for data in ({"person": "X", "address": home.url}, {"person": "T1", "address": "/没有/"}):
        assert "请核对" in admin.get("/admin/people/why/", data).content.decode()
    assert admin.get("/admin/people/why/").status_code == 200


def test_the_log_is_read_by_name_and_action(admin: Client, chief: User) -> None:
    person = UserFactory(name="李铁柱")
    record(actor=chief, action="person.created", target=person)
    record(actor=None, action="person.deactivated", target=person)
    page = admin.get("/admin/people/log/", {"q": "铁"}).content.decode()
    assert "新增了人员" in page
    assert "停用了账号" in page
    assert "新增了人员" not in admin.get("/admin/people/log/", {"q": "deactivated"}).content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.EDITOR, 403), (Role.HR, 302)])
def test_the_reports_are_for_those_who_read_all(client: Client, home: HomePage, role: str, status: int) -> None:
    person = UserFactory()
    grant(person, role)
    client.force_login(person)
    assert client.get("/admin/people/why/").status_code == status
    assert client.get("/admin/people/log/").status_code == status


def test_the_author_chooses_an_audience_in_words(workshop: Unit) -> None:
    person = UserFactory(username="T1")
    assert sent(reach="").is_valid()
    assert sent(reach="").fields["who"].clean(["", [], ""]) == []
    form = sent(reach="signed-in", chosen=[f"unit:{workshop.pk}"])
    assert form.is_valid()
    assert form.cleaned_data["who"] == ["signed-in"]
    form = sent(reach="chosen", chosen=[f"unit:{workshop.pk}", "role:hr"], people="t1，")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["who"] == sorted([f"unit:{workshop.pk}", "role:hr", f"person:{person.pk}"])


def test_an_empty_choice_and_unknown_people_are_refused_in_words(workshop: Unit) -> None:
    assert "请至少选一个" in str(sent(reach="chosen").errors)
    assert "找不到这些工号：T8、T9" in str(sent(reach="chosen", people="T9 T8").errors)
    assert not sent(reach="chosen", chosen=["unit:999999"]).is_valid()
    assert not sent(reach="nonsense").is_valid()


def test_the_choice_shows_what_is_kept(workshop: Unit) -> None:
    person = UserFactory(username="T1")
    field = AudienceFormField()
    assert field.widget.decompress(None) == ["", [], ""]
    assert field.widget.decompress(["signed-in"]) == ["signed-in", [], ""]
    kept = [f"unit:{workshop.pk}", f"person:{person.pk}"]
    assert field.widget.decompress(kept) == ["chosen", [f"unit:{workshop.pk}"], "T1"]
    html = str(Form(initial={"who": kept})["who"])
    assert "碳化车间" in html
    assert "T1" in html
    assert not field.has_changed(kept, ["chosen", [f"unit:{workshop.pk}"], "T1"])
    assert field.has_changed(kept, ["signed-in", [], ""])


def test_packages_above_add_choices_and_their_words(workshop: Unit) -> None:
    register_audience_choices("studio", "工作室", lambda: [("studio:1", "堵漏工作室")])
    try:
        assert "堵漏工作室" in str(Form()["who"])
        assert clause_in_words(["studio:1", "role:hr"]) == "堵漏工作室、人力资源"
        assert clause_in_words([]) == "没有人"
    finally:
        del _choices["studio"]


def test_reasons_name_groups_people_and_those_who_read_all(chief: User) -> None:
    person = UserFactory(username="T1", name="李铁柱")
    clauses = audience_for([[f"person:{person.pk}", "group:999"], ["signed-in"]]).clauses
    reasons = explain(person, clauses)
    assert [reason.met for reason in reasons] == [True, True]
    assert "李铁柱" in reasons[1].sentence or "李铁柱" in reasons[0].sentence
    assert "可读全部" in explain(chief, clauses)[0].sentence
    assert explain(person, None)[0].met is False


def test_a_page_form_of_wagtail_has_the_choice(admin: Client) -> None:
    answer = admin.get("/admin/documents/multiple/add/")
    assert answer.status_code == 200
    file = get_document_model().objects.create(title="规程", file=ContentFile(b"x", name="g.txt"))
    assert admin.get(f"/admin/documents/edit/{file.pk}/").status_code == 200


def test_one_s_settings_in_the_admin_save_without_names_that_nobody_has(admin: Client, chief: User) -> None:
    page = admin.get("/admin/account/").content.decode()
    assert "first_name" not in page
    assert "/account/password/change/" in page
    data = {"locale-preferred_language": "en", "locale-current_time_zone": "Asia/Shanghai", "theme-theme": "dark",
            "theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"}  # fmt: skip
    assert admin.post("/admin/account/", data).status_code == 302
    chief.refresh_from_db()
    assert chief.language == "en"
    admin.logout()
    assert admin.get("/admin/account/")["Location"].startswith("/account/login/")


def test_a_model_with_an_audience_has_the_choice_in_its_forms(workshop: Unit) -> None:
    form_class = forms.modelform_factory(get_document_model(), fields=["own_audience"])
    assert isinstance(form_class().fields["own_audience"], AudienceFormField)
    file = ContentFile("一".encode(), name="g.txt")
    kept = get_document_model().objects.create(title="规程", own_audience=["signed-in"], file=file)
    assert form_class({}, instance=kept).save(commit=False).own_audience == ["signed-in"]
    sent_form = form_class({"own_audience_reach": "chosen", "own_audience_chosen": ["role:hr"]}, instance=kept)
    assert sent_form.save(commit=False).own_audience == ["role:hr"]


def test_whoever_may_not_enter_is_told_so_once(client: Client) -> None:
    client.force_login(UserFactory())
    answer = client.get("/admin/", follow=True)
    told = answer.content.decode()
    assert answer.status_code == 403
    assert "没有权限查看" in told
    assert 'class="messages"' not in told
    assert 'class="messages"' not in client.get("/").content.decode(), "nor on the next page"
