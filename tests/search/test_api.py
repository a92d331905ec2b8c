"""The API: what the page shows its reader, nothing more, as JSON, to whoever comes by session or token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from config.api import api
from people.models import AccessToken
from people.tokens import rules
from people.tokens.services import token_make, token_revoke
from search.engines.contract import EngineUnavailable
from search.sync.drain import drain_all
from tests.factories.kb import make_case, make_method, step_block
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("openapi.json")
SEARCH, SUGGEST, PASSAGES = "/api/v1/search", "/api/v1/suggest", "/api/v1/passages"


@pytest.fixture
def studio():
    return make_studio(name="赵师傅工作室")


@pytest.fixture
def method(studio):
    steps = [step_block(1, action="先关阀，再看漏点。"), step_block(2, action="木塞对正漏点，用铜锤轻敲。")]
    return make_method(title="带压堵漏法", studio=studio, steps=steps)


@pytest.fixture
def secret(studio):
    return make_case(title="还不能看的堵漏案例", studio=studio, own_audience=["signed-in"])


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def token_of(person: Any) -> str:
    return token_make(person=person, name="大屏").text


def asked(address: str, *, by: dict[str, str] | None = None, client: Client | None = None, **words: Any) -> Any:
    return (client or Client()).get(address, words, headers=by or {})


def titles(answer: Any) -> set[str]:
    return {hit["title"]["text"] for hit in answer.json()["hits"]}


class TestSearch:
    def test_it_answers_what_the_page_shows(self, engine, method, studio):
        drain_all(engine)
        found = asked(SEARCH, q="漏点").json()
        hit = found["hits"][0]
        assert (found["query"], found["total"], found["pages"]) == ("漏点", 1, 1)
        assert (hit["kind"], hit["key"], hit["studio"]) == ("method", str(method.page_key), studio.name)
        assert hit["url"].endswith(f"#step-{method.steps[0].id}")
        start, end = hit["excerpt"]["marks"][0]
        assert hit["excerpt"]["text"][start:end] == "漏点"
        assert hit["more"][0]["url"].endswith(f"#step-{method.steps[1].id}")
        assert {value["value"]: value["count"] for value in found["facets"]["kind"]} == {"method": 1}

    def test_it_narrows_and_turns_pages(self, engine, method, studio):
        make_case(title="堵漏不成", studio=studio)
        drain_all(engine)
        assert titles(asked(SEARCH, q="堵漏", kind="case")) == {"堵漏不成"}
        pages = [asked(SEARCH, q="堵漏", per_page=1, page=number).json() for number in (1, 2, 3)]
        assert [len(page["hits"]) for page in pages] == [1, 1, 0]
        assert {page["total"] for page in pages} == {2}

    def test_it_narrows_by_year_and_sorts_by_date(self, engine, method):
        drain_all(engine)
        year = timezone.localdate().year
        assert asked(SEARCH, q="堵漏", year=year, sort="date").json()["total"] == 1
        assert asked(SEARCH, q="堵漏", year=year - 1).json()["total"] == 0
        assert asked(SEARCH, q="堵漏", file_type="pdf").json()["total"] == 0
        assert asked(SEARCH, q="堵漏", equipment="没有这种设备").json()["total"] == 0

    def test_what_was_asked_is_counted_as_on_the_page(self, engine, method, monkeypatch):
        drain_all(engine)
        counted = []
        monkeypatch.setattr("search.api.routes.asked_record", lambda **told: counted.append(told))
        asked(SEARCH, q="堵漏")
        asked(SEARCH, q="龙门吊", kind="case")
        asked(SEARCH, q="堵漏", page=2)
        asked(SEARCH)
        assert [(told["text"], told["total"], told["filtered"]) for told in counted] == [
            ("堵漏", 1, False),
            ("龙门吊", 0, True),
        ]

    def test_without_a_question_nothing_is_found(self, engine):
        assert asked(SEARCH).json()["hits"] == []

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ({"kind": "nonsense"}, "kind_unknown"),
            ({"page": "21", "per_page": "50"}, "too_deep"),
            ({"page": "0"}, "parameters_wrong"),
            ({"page": "x"}, "parameters_wrong"),
            ({"per_page": "51"}, "parameters_wrong"),
            ({"studio": "-1"}, "parameters_wrong"),
            ({"sort": "best"}, "parameters_wrong"),
            ({"year": "12"}, "parameters_wrong"),
            ({"trade": str(2**31)}, "parameters_wrong"),
        ],
    )
    def test_parameters_out_of_their_limits_are_refused_in_words(self, engine, words, code):
        answer = asked(SEARCH, q="堵漏", **words)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["message"] and set(answer.json()) == {"code", "message"}


class TestSuggest:
    def test_it_offers_what_the_box_offers(self, engine, method, studio):
        drain_all(engine)
        found = asked(SUGGEST, q="daiya").json()["suggestions"]
        one = next(one for one in found if one["kind"] == "method")
        assert (one["label"]["text"], one["detail"]) == (method.title, studio.name)
        assert one["url"] == method.get_url()
        assert len(asked(SUGGEST, q="d", limit=1).json()["suggestions"]) <= 1
        assert asked(SUGGEST).json() == {"suggestions": []}

    @pytest.mark.parametrize("limit", [0, 21])
    def test_not_too_many(self, limit):
        assert asked(SUGGEST, q="d", limit=limit).status_code == 422


class TestPassages:
    def test_the_best_places_for_a_question(self, engine, method):
        drain_all(engine)
        found = asked(PASSAGES, kind="method", key=method.page_key, q="铜锤").json()
        assert found["title"] == method.title and found["kind_label"] == "操作法"
        place = next(one for one in found["passages"] if "轻敲" in one["text"]["text"])
        assert place["url"].endswith(f"?hl=%E9%93%9C%E9%94%A4#step-{method.steps[1].id}")
        start, end = place["text"]["marks"][0]
        assert place["text"]["text"][start:end] == "铜锤"
        one = asked(PASSAGES, kind="method", key=method.page_key, q="铜锤", limit=1).json()
        assert len(one["passages"]) == 1

    def test_without_a_question_all_places_in_reading_order(self, method):
        found = asked(PASSAGES, kind="method", key=method.page_key).json()["passages"]
        texts = "\n".join(place["text"]["text"] for place in found)
        assert texts.index("先关阀") < texts.index("铜锤轻敲")
        assert not any("?hl=" in place["url"] for place in found)
        assert len(asked(PASSAGES, kind="method", key=method.page_key, limit=1).json()["passages"]) == 1

    @pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
    def test_what_is_not_there_is_not_found(self, method, key):
        assert asked(PASSAGES, kind="method", key=key).json()["code"] == "not_found"
        assert asked(PASSAGES, kind="nonsense", key=method.page_key).status_code == 404

    def test_kind_and_key_must_be_told(self):
        answer = asked(PASSAGES)
        assert answer.status_code == 422 and "key、kind" in answer.json()["message"]


class TestWhoMaySee:
    """A page for some leaks nowhere: hits, counts, facets, passages, by whichever door one comes."""

    def everything(self, secret, **door) -> str:
        answers = [
            asked(SEARCH, q="堵漏", **door),
            asked(SEARCH, q="堵漏", kind="case", **door),
            asked(SEARCH, q="堵漏案", **door),
            asked(SUGGEST, q="还不能", **door),
            asked(SUGGEST, q="hbnk", **door),
            asked(PASSAGES, kind="case", key=secret.page_key, **door),
            asked(PASSAGES, kind="case", key=secret.page_key, q="堵漏", **door),
        ]
        return "".join(answer.content.decode() for answer in answers)

    def test_the_public_sees_nothing_of_it(self, engine, method, secret):
        drain_all(engine)
        told = self.everything(secret)
        assert "还不能看" not in told and '"total": 1' in told
        assert asked(SEARCH, q="堵漏", kind="case").json()["total"] == 0
        missing = asked(PASSAGES, kind="case", key="00000000-0000-0000-0000-000000000000")
        assert asked(PASSAGES, kind="case", key=secret.page_key).content == missing.content

    def test_a_session_and_a_token_see_what_their_person_may(self, engine, method, secret):
        drain_all(engine)
        person, client = UserFactory(), Client()
        client.force_login(person)
        by_session = asked(SEARCH, q="堵漏", client=client).json()
        by_token = asked(SEARCH, q="堵漏", by=bearer(token_of(person))).json()
        assert by_session == by_token and by_token["total"] == 2
        assert asked(PASSAGES, kind="case", key=secret.page_key, client=client).status_code == 200

    def test_a_token_of_another_person_wins_over_the_session(self, engine, studio):
        owner = UserFactory()
        theirs = make_case(title="只给一人看的堵漏", studio=studio, own_audience=[f"person:{owner.pk}"])
        drain_all(engine)
        client = Client()
        client.force_login(owner)
        assert theirs.title in titles(asked(SEARCH, q="堵漏", client=client))
        other = bearer(token_of(UserFactory()))
        assert asked(SEARCH, q="堵漏", client=client, by=other).json()["total"] == 0
        assert asked(PASSAGES, kind="case", key=theirs.page_key, client=client, by=other).status_code == 404

    @pytest.mark.parametrize("state", ["expired", "revoked", "unknown", "cut", "basic", "inactive"])
    def test_a_dead_token_sees_nothing_not_even_what_is_public(self, engine, method, secret, state):
        drain_all(engine)
        person = UserFactory()
        made = token_make(person=person, name="大屏")
        header = bearer(made.text)
        if state == "expired":
            AccessToken.objects.update(made_at=timezone.now() - 2 * rules.USED_EVERY, expires_at=timezone.now())
        elif state == "revoked":
            token_revoke(actor=person, token_id=made.row.pk, answers=False)
        elif state == "inactive":
            person.is_active = False
            person.save()
        else:
            texts = {"unknown": bearer(rules.new_token()), "cut": bearer(made.text[:-2])}
            header = texts.get(state, {"Authorization": "Basic QWxhZGRpbg=="})
        client = Client()
        client.force_login(UserFactory())
        told = self.everything(secret, by=header, client=client)
        assert "堵漏" not in told
        answer = asked(SEARCH, q="堵漏", by=header, client=client)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert set(answer.json()) == {"code", "message"}

    def test_a_page_restricted_in_the_admin_is_gone_at_once_from_its_passages(self, engine, method):
        drain_all(engine)
        PageViewRestriction.objects.create(page=method, restriction_type=PageViewRestriction.LOGIN)
        assert asked(PASSAGES, kind="method", key=method.page_key).status_code == 404
        assert asked(PASSAGES, kind="method", key=method.page_key, q="漏点").status_code == 404

    def test_whoever_must_change_his_password_does_that_first(self, engine):
        person, client = UserFactory(), Client()
        token = token_of(person)
        person.must_change_password = True
        person.save()
        client.force_login(person)
        for door in ({"client": client}, {"by": bearer(token)}):
            answer = asked(SEARCH, q="堵漏", **door)
            assert (answer.status_code, answer.json()["code"]) == (403, "password_first")


class TestForm:
    def test_every_answer_is_private_json_without_cookies_or_foreign_origins(self, engine, method):
        drain_all(engine)
        client = Client()
        client.force_login(UserFactory())
        answers = [
            client.get(SEARCH, {"q": "堵漏"}, headers={"Origin": "https://elsewhere.example"}),
            client.get("/api/v1/nothing"),
            client.get("/api/v1/openapi.json"),
            client.post(SEARCH),
            client.delete(SEARCH),
            client.get(PASSAGES),
        ]
        assert [answer.status_code for answer in answers] == [200, 404, 200, 405, 405, 422]
        for answer in answers:
            assert answer["Content-Type"].startswith("application/json")
            assert answer["Cache-Control"] == "private, no-store"
            assert not answer.cookies and "Access-Control-Allow-Origin" not in answer
        for answer in answers[3:]:
            assert set(answer.json()) == {"code", "message"}

    def test_when_the_engine_is_away_it_says_so_in_json(self, engine, method, monkeypatch):
        def away(*_args, **_named):
            raise EngineUnavailable("connection refused to 10.0.0.7")

        monkeypatch.setattr(type(engine), "search", away)
        monkeypatch.setattr(type(engine), "passages", away)
        for answer in (asked(SEARCH, q="堵漏"), asked(PASSAGES, kind="method", key=method.page_key, q="漏")):
            assert (answer.status_code, answer["Retry-After"]) == (503, "60")
            assert answer.json()["code"] == "search_away" and "10.0.0.7" not in answer.content.decode()

    def test_a_fault_of_ours_is_told_without_its_trace(self, engine, monkeypatch, caplog):
        monkeypatch.setattr("search.query.search", lambda **_named: 1 / 0)
        answer = asked(SEARCH, q="堵漏")
        assert (answer.status_code, answer.json()["code"]) == (500, "broken")
        assert "division" not in answer.content.decode() and "division" in caplog.text

    def test_beyond_the_limit_it_answers_429_with_the_seconds(self, engine, monkeypatch):
        monkeypatch.setitem(rules.LIMITS, "token", 3)
        by = bearer(token_of(UserFactory()))
        assert [asked(SEARCH, q="", by=by).status_code for _ in range(3)] == [200] * 3
        answer = asked(SEARCH, q="", by=by)
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(answer["Retry-After"]) <= 60
        assert asked(SEARCH, q="").status_code == 200

    def test_guessing_tokens_is_counted_by_address(self, monkeypatch):
        monkeypatch.setitem(rules.LIMITS, "address", 3)
        codes = [asked(SEARCH, q="", by=bearer(rules.new_token())).status_code for _ in range(5)]
        assert codes == [401, 401, 401, 429, 429]

    def test_the_sentence_is_in_the_language_of_the_tokens_person(self, engine):
        by = bearer(token_of(UserFactory(language="en")))
        answer = asked(SEARCH, q="x", kind="nonsense", by=by)
        assert answer["Content-Language"] == "en"
        assert asked(SEARCH, q="x")["Content-Language"] == "zh-hans"

    def test_a_search_costs_few_queries(self, engine, method, django_assert_max_num_queries):
        drain_all(engine)
        by = bearer(token_of(UserFactory()))
        asked(SEARCH, q="堵漏", by=by)
        with django_assert_max_num_queries(9):
            asked(SEARCH, q="堵漏", by=by)


class TestContract:
    def test_the_schema_is_the_one_that_was_promised(self):
        """Write it anew when the contract is meant to change: `python -m tests.search.openapi`."""
        now = json.loads(json.dumps(api.get_openapi_schema()))
        assert now == json.loads(SNAPSHOT.read_text(encoding="utf-8"))

    def test_answers_have_exactly_the_fields_of_the_schema(self, engine, method):
        drain_all(engine)
        shapes = api.get_openapi_schema()["components"]["schemas"]
        found = asked(SEARCH, q="漏点").json()
        place = asked(PASSAGES, kind="method", key=method.page_key, q="漏点").json()
        offered = asked(SUGGEST, q="带压").json()
        for name, answer in (
            ("SearchOut", found),
            ("HitOut", found["hits"][0]),
            ("FacetOut", found["facets"]["kind"][0]),
            ("SuggestOut", offered),
            ("SuggestionOut", offered["suggestions"][0]),
            ("PassagesOut", place),
            ("PlaceOut", place["passages"][0]),
            ("Text", place["passages"][0]["text"]),
        ):
            assert answer.keys() == shapes[name]["properties"].keys(), name

    def test_the_page_about_it_names_every_parameter_and_field(self, client):
        body = client.get("/api/v1/docs").content.decode()
        schema = api.get_openapi_schema()
        for path, ways in schema["paths"].items():
            assert path in body
            assert all(f"<code>{told['name']}</code>" in body for told in ways["get"]["parameters"])
        for shape in schema["components"]["schemas"].values():
            assert all(f"<code>{name}</code>" in body for name in shape["properties"])
        assert "<script>" not in body and "//cdn" not in body
        assert client.get("/api/v1/")["Location"] == "/api/v1/docs"


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "q": st.text(max_size=300),
        "kind": st.one_of(st.sampled_from(["method", "case", "file"]), st.text(max_size=20)),
        "key": st.one_of(st.uuids().map(str), st.text(max_size=50)),
        **{name: st.one_of(st.integers().map(str), st.text(max_size=5)) for name in ("studio", "trade", "page")},
        "per_page": st.integers(-5, 100).map(str),
        "limit": st.integers(-5, 2000).map(str),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=QUERIES, address=st.sampled_from([SEARCH, SUGGEST, PASSAGES]))
def test_whatever_is_asked_it_answers_or_refuses_in_its_own_form(engine, monkeypatch, words, address):
    monkeypatch.setitem(rules.LIMITS, "address", 10_000)
    answer = asked(address, **words)
    assert answer.status_code in (200, 404, 422)
    if answer.status_code != 200:
        assert set(answer.json()) == {"code", "message"} and answer.json()["message"]
