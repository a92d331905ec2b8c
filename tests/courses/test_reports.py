"""Reports: HR sees his unit and below, masters their studio's courses, with the reasons."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from courses.models import LearningEvent
from tests.courses.test_tracking_services import attempt, do
from tests.factories.courses import make_course, make_enrolment, make_quiz, make_reading
from tests.factories.people import UnitFactory, grant, posting
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A branch with a workshop, another branch, one studio's course, a person in each place."""
    branch, other = UnitFactory(name="碱厂"), UnitFactory(name="电厂")
    workshop = UnitFactory(name="碳化车间", parent=branch)
    course = make_course(studio=make_studio(unit=branch))
    reading, quiz = make_reading(course), make_quiz(course, max_attempts=1)
    inside, outside = make_person("里面的人"), make_person("外面的人")
    posting(inside, workshop)
    posting(outside, other)
    enrolments = {person.name: make_enrolment(course, person) for person in (inside, outside)}
    do(enrolments["里面的人"], reading, "experienced")
    attempt(enrolments["里面的人"], quiz, right=False)
    return {"branch": branch, "course": course, "quiz": quiz, **enrolments}


def page(client, user, query=""):
    client.force_login(user)
    return client.get(reverse("courses:report") + query)


def names(response):
    return sorted(line.enrolment.person.name for line in response.context["lines"])


def test_hr_sees_his_unit_and_what_is_below_it(client, world):
    hr = make_person("人事")
    grant(hr, "hr", world["branch"])
    assert names(page(client, hr)) == ["里面的人"]
    everywhere = make_person("总人事")
    grant(everywhere, "hr")
    assert names(page(client, everywhere)) == ["外面的人", "里面的人"]


def test_a_master_sees_the_courses_of_his_studio_only(client, world):
    master = make_member(world["course"].studio, "master").person
    assert names(page(client, master)) == ["外面的人", "里面的人"]
    stranger = make_member(make_studio(), "master").person
    assert names(page(client, stranger)) == []


def test_trainees_and_plain_members_see_no_reports(client, world):
    assert page(client, make_person()).status_code == 403
    assert page(client, make_member(world["course"].studio).person).status_code == 403
    client.logout()
    assert client.get(reverse("courses:report")).status_code == 302


def test_the_list_is_filtered_sorted_and_says_what_is_missing(client, world):
    auditor = make_person("审计")
    grant(auditor, "auditor")
    assert names(page(client, auditor, "?q=里面")) == ["里面的人"]
    assert names(page(client, auditor, "?state=done")) == []
    assert names(page(client, auditor, "?state=withdrawn")) == []
    assert names(page(client, auditor, f"?unit={world['branch'].pk}&sort=name&state=running")) == ["里面的人"]
    assert names(page(client, auditor, f"?course={world['course'].page_key}&sort=percent")) == ["外面的人", "里面的人"]
    assert names(page(client, auditor, "?course=broken&unit=broken&sort=broken&page=broken")) == [
        "外面的人",
        "里面的人",
    ]
    response = page(client, auditor, "?q=里面")
    assert "还差：测验 80 分" in response.content.decode()
    assert response.context["counts"] == {"total": 1, "running": 1, "done": 0, "withdrawn": 0}


def test_the_workbook_has_the_rows_of_the_list(client, world):
    hr = make_person("人事")
    grant(hr, "hr", world["branch"])
    client.force_login(hr)
    response = client.get(reverse("courses:report_export"))
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("工号", "姓名", "单位", "课程")
    assert len(rows) == 2
    assert rows[1][1:4] == ("里面的人", "碳化车间", "木塞堵漏法入门")
    assert rows[1][7] == 50


def test_one_person_s_percent_is_explained_by_its_events(client, world):
    hr = make_person("人事")
    grant(hr, "hr", world["branch"])
    client.force_login(hr)
    shown = client.get(reverse("courses:report_person", args=[world["里面的人"].pk])).content.decode()
    for words in ("里面的人的进度", "50%", "确认学完", "第1次，0 分", "再给一次机会"):
        assert words in shown
    assert client.get(reverse("courses:report_person", args=[world["外面的人"].pk])).status_code == 404


def test_one_more_attempt_is_given_by_hr_and_not_by_an_auditor(client, world):
    address = reverse("courses:report_allow", args=[world["里面的人"].pk, world["quiz"].page_key])
    auditor = make_person("审计")
    grant(auditor, "auditor")
    client.force_login(auditor)
    assert client.post(address).status_code == 403
    hr = make_person("人事")
    grant(hr, "hr", world["branch"])
    client.force_login(hr)
    assert client.post(address).status_code == 302
    event = LearningEvent.objects.get(kind="allowed")
    assert event.actor == hr
    attempt(world["里面的人"], world["quiz"])


def test_the_list_asks_the_same_number_of_queries_however_many_rows(client, world, django_assert_max_num_queries):
    grant(hr := make_person("人事"), "hr")
    counts = []
    for _turn in range(2):
        for _number in range(4):
            make_enrolment(world["course"])
        page(client, hr)
        with django_assert_max_num_queries(40) as seen:
            page_again = client.get(reverse("courses:report"))
        assert page_again.status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
