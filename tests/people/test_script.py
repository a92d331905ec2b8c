"""The switch between scripts: kept with the person or in a cookie, on every page with content, nowhere else."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from people.models import User
from people.script.parts import as_content, content_apart, words_script
from search.sync.drain import drain_all
from tests.factories.courses import make_course, make_enrolment, make_quiz, make_reading
from tests.factories.kb import make_method, step_block
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio
from tests.search.conftest import engine  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ADDRESS = "/account/script/"


@pytest.fixture
def method():
    studio = make_studio(name="赵师傅设备维护工作室")
    steps = [step_block(1, action="先关闭阀门，再检查头发是否盘好。"), step_block(2, action="继续发展设备维护。")]
    return make_method(title="设备维护操作法", studio=studio, steps=steps)


def main(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def choose(client: Client, script: str, **more: str):
    return client.post(ADDRESS, {"script": script, **more})


class TestChoice:
    def test_the_public_keep_it_in_a_cookie(self, client: Client, method) -> None:
        answer = choose(client, "zh-Hant", next="/methods/?page=1")
        assert answer["Location"] == "/methods/?page=1"
        cookie = answer.cookies["script"]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("zh-Hant", True, "Lax")
        assert "設備維護操作法" in main(client, method.get_url())

    def test_a_person_keeps_it_on_every_device(self, client: Client, method) -> None:
        person = UserFactory()
        client.force_login(person)
        assert not choose(client, "zh-Hant").cookies
        elsewhere = Client()
        elsewhere.force_login(User.objects.get(pk=person.pk))
        assert "設備維護" in main(elsewhere, method.get_url())
        choose(elsewhere, "original")
        assert "设备维护" in main(client, method.get_url())

    def test_it_can_be_set_on_ones_own_page(self, client: Client) -> None:
        person = UserFactory()
        client.force_login(person)
        form = {"language": "zh-hans", "text_size": "normal", "phone": "", "reading_script": "zh-Hant"}
        client.post("/me/profile/", form)
        assert User.objects.get(pk=person.pk).reading_script == "zh-Hant"

    @pytest.mark.parametrize("script", ["", "ja", "zh-hant"])
    def test_another_script_is_refused(self, client: Client, script: str) -> None:
        assert choose(client, script).status_code == 400
        client.force_login(UserFactory())
        assert choose(client, script).status_code == 400

    def test_it_leads_to_no_other_site_and_takes_no_mere_visit(self, client: Client) -> None:
        assert choose(client, "zh-Hant", next="https://elsewhere.example/")["Location"] == "/"
        assert client.get(ADDRESS).status_code == 405

    def test_a_forged_cookie_is_the_original(self, client: Client, method) -> None:
        client.cookies["script"] = "zh-Hant'; drop"
        assert "设备维护" in main(client, method.get_url())


class TestPages:
    @pytest.fixture
    def hant(self, client: Client) -> Client:
        client.cookies["script"] = "zh-Hant"
        return client

    def test_a_page_says_its_script_and_leads_back_to_the_original(self, hant: Client, method) -> None:
        body = hant.get(method.get_url()).content.decode()
        assert '<title lang="zh-Hant">設備維護操作法' in body
        assert 'value="original" aria-pressed="false"' in body and "以原文为准" in body
        assert 'lang="zh-Hant" aria-label="繁體" aria-pressed="true">繁</button>' in body
        assert 'lang="zh-Hans" aria-label="简体" aria-pressed="false">简</button>' in body
        assert re.search(r'<h1[^>]* lang="zh-Hant"', body)
        assert "操作法" in body and "设备" not in re.sub(r"<[^>]*>", "", body.split("<main", 1)[1].split("</main>")[0])

    def test_the_original_is_untouched(self, client: Client, method) -> None:
        body = client.get(method.get_url()).content.decode()
        assert 'value="original" aria-pressed="true"' in body and "以原文为准" not in body
        assert "設" not in re.sub("繁體", "", body)

    def test_names_addresses_and_anchors_stay(self, hant: Client, method) -> None:
        before = Client().get(method.get_url()).content.decode()
        after = hant.get(method.get_url()).content.decode()
        for pattern in (r'\shref="([^"]*)"', r'\sid="([^"]*)"', r'\ssrc="([^"]*)"', r'translate="no">([^<]*)<'):
            assert re.findall(pattern, after) == re.findall(pattern, before)

    def test_the_words_of_a_search_are_marked_as_the_page_writes_them(self, hant: Client, method) -> None:
        def marks(asked: str) -> list[str]:
            body = hant.get(method.get_url(), {"hl": asked}).content.decode()
            return json.loads(unescape(re.search(r'data-marks="([^"]*)"', body)[1]))

        assert marks("设备维护") == ["設備維護"]
        assert marks("設備維護") == ["設備維護"]
        assert marks("头发") == ["頭髮"]

    def test_results_are_converted_with_their_marks(self, hant: Client, engine, method) -> None:  # noqa: F811
        drain_all(engine)
        body = main(hant, "/search/", q="头发")
        assert "<mark>頭髮</mark>" in body and 'value="头发"' in body
        assert "設備維護操作法" in body

    def test_lists_cards_and_studio_pages_follow(self, hant: Client, method) -> None:
        for address in ("/methods/", "/"):
            assert "設備維護操作法" in main(hant, address)
        studio = method.get_parent().get_url()
        assert "趙師傅設備維護工作室" in main(hant, studio)
        assert 'action="/account/script/"' in hant.get("/").content.decode()
        assert 'action="/account/script/"' not in Client().get("/").content.decode()

    def test_a_lesson_is_converted_and_answers_keep_their_keys(self, client: Client) -> None:
        person = UserFactory(reading_script="zh-Hant")
        course = make_course(studio=make_studio(), title="设备维护课")
        lessons = [make_quiz(course), make_reading(course)]
        make_enrolment(course, person)
        client.force_login(person)
        assert "設備維護課" in main(client, course.get_url())
        pages = [reverse("courses:lesson", args=[course.page_key, lesson.page_key]) for lesson in lessons]
        after = [main(client, address) for address in pages]
        choose(client, "original")
        before = [main(client, address) for address in pages]
        assert after != before
        keys = r'<input[^>]* name="([^"]*)" value="([^"]*)"'
        for one, other in zip(after, before, strict=True):
            sent = [{pair for pair in re.findall(keys, text) if pair[0].startswith("q")} for text in (one, other)]
            assert sent[0] == sent[1]

    def test_pages_without_the_switch_stay(self, client: Client, method) -> None:
        person = UserFactory(name="范伟", reading_script="zh-Hant", is_superuser=True)
        client.force_login(person)
        assert "范伟" in main(client, "/people/")
        assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "传承"

    def test_whoever_may_not_see_a_page_sees_it_in_no_script(self, hant: Client) -> None:
        secret = make_method(title="秘密设备", studio=make_studio(), own_audience=["signed-in"])
        hant.get(secret.get_url())
        reader = Client()
        reader.force_login(UserFactory(reading_script="zh-Hant"))
        assert "秘密設備" in main(reader, secret.get_url())
        assert hant.get(secret.get_url()).status_code == 302


def test_words_of_content_in_an_interface_of_another_language_stand_apart() -> None:
    with override("en"):
        assert content_apart("Step 7 升压、观察") == 'Step 7 <span lang="zh-Hans">升压、观察</span>'
        assert content_apart("Sheet “點檢”, row 4") == 'Sheet “<span lang="zh-Hant">點檢</span>”, row 4'
        assert content_apart("<b>升压") == '&lt;b&gt;<span lang="zh-Hans">升压</span>'
        assert content_apart(None) == "" and content_apart("Page 6") == "Page 6"
    with override("zh-hans"):
        assert content_apart("第7步 升压") == "第7步 升压"


def test_words_that_nobody_said_the_script_of_tell_it_themselves() -> None:
    assert as_content("阮青禾") == '<span lang="zh-Hans">阮青禾</span>'
    assert as_content("卓啟樑") == '<span lang="zh-Hant">卓啟樑</span>'
    assert as_content("YJV-22") == "YJV-22" and as_content(None) == ""
    assert (words_script("電力電纜工"), words_script("YJV-22")) == ("zh-Hant", "")
