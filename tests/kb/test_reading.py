"""Reading pages: what a reader is shown, how much it costs."""

import pytest
from django.core.cache import cache

from kb.pages import learn_links
from kb.publishing.rendering import drawn
from kb.selectors import latest_release
from tests.factories.kb import (
    MAKERS,
    hazard_item,
    make_case,
    make_file,
    make_method,
    make_picture,
    step_block,
    value_item,
)
from tests.factories.people import PASSWORD, TradeFactory, UserFactory, posting
from tests.factories.studios import make_studio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_every_kind_is_read_with_an_anchor_for_every_place(model, client):
    page = MAKERS[model]()
    html = client.get(page.get_url()).content.decode()
    assert page.title in html
    for place in page.search_passages():
        if place.locator:
            assert f'id="{place.locator.replace(":", "-")}"' in html


def test_a_method_shows_hazards_values_and_pictures_right_and_wrong(client):
    picture = make_picture(description="木塞与孔轴线一致")
    side = {"picture": picture.pk, "caption": "轴线一致"}
    step = step_block(1, safety=[hazard_item()], values=[value_item()], right=side, wrong=side)
    html = client.get(make_method(steps=[step]).get_url()).content.decode()
    assert "✓ 正确" in html
    assert "✗ 错误" in html
    assert "木塞与孔轴线一致" in html
    assert "母液会灼伤眼睛" in html
    assert "<b>0.2</b> MPa" in html


def test_readers_see_the_release_while_the_next_is_written(client):
    page = make_method(title="旧名")
    page.title = "新名"
    page.save_revision()
    assert "旧名" in client.get(page.get_url()).content.decode()


def test_an_older_release_is_shown_with_a_warning(client):
    page = make_method(title="旧名")
    page.title = "新名"
    page.save_revision().publish()
    old = client.get(page.get_url(), {"release": "1"}).content.decode()
    assert "您看的是旧的第 1 版" in old
    assert "旧名" in old
    assert client.get(page.get_url(), {"release": "9"}).status_code == 404
    assert client.get(page.get_url(), {"release": "x"}).status_code == 404


def test_a_picture_with_a_new_description_is_drawn_again():
    picture = make_picture(description="旧的说明")
    page = make_method(steps=[step_block(1, right={"picture": picture.pk, "caption": ""})])
    release = latest_release(page.page_key)
    assert "旧的说明" in drawn(release).html
    picture.description = "新的说明"
    picture.save()
    assert "新的说明" in drawn(release).html


def test_a_release_of_a_deleted_page_can_still_be_drawn():
    page = make_method(title="留下来的")
    release = latest_release(page.page_key)
    page.delete()
    assert "留下来的" in drawn(release).html


def test_a_file_that_the_reader_may_not_have_is_not_named(client):
    shown = make_file(title="公开手册")
    hidden = make_file(title="内部教案", own_audience=["role:auditor"])
    blocks = [{"type": "file", "value": {"file": file.pk, "note": ""}} for file in (shown, hidden)]
    html = client.get(make_method(attachments=blocks).get_url()).content.decode()
    assert "公开手册" in html
    assert "内部教案" not in html


def test_a_video_has_its_subtitles(client):
    video = make_file(title="演示", name="plug.mp4", content=b"\0\0\0\x18ftypmp42")
    words = make_file(title="字幕", name="plug.vtt", content=b"WEBVTT\n")
    block = {"type": "video", "value": {"title": "七步", "video": video.pk, "subtitles": words.pk, "poster": None}}
    html = client.get(make_method(attachments=[block]).get_url()).content.decode()
    assert 'type="video/mp4"' in html
    assert words.url in html


def test_cases_that_name_a_method_stand_on_its_page(client):
    method = make_method()
    case = make_case(title="破袋追踪", related=[{"type": "page", "value": method.pk}])
    hidden = make_case(title="内部讨论", related=[{"type": "page", "value": method.pk}], own_audience=["role:auditor"])
    html = client.get(method.get_url()).content.decode()
    assert case.title in html
    assert hidden.title not in html


def test_courses_fill_the_ways_to_learn(client):
    method = make_method()

    def source(page_key, reader):
        return [learn_links.LearnLink("堵漏入门", "/learn/x/")] if page_key == method.page_key else []

    learn_links.register(source)
    try:
        assert "堵漏入门" in client.get(method.get_url()).content.decode()
    finally:
        learn_links._sources.remove(source)


def test_a_method_page_costs_few_queries(client, django_assert_max_num_queries):
    page = make_method(steps=7, trades=[TradeFactory()])
    client.get(page.get_url())
    with django_assert_max_num_queries(5):
        client.get(page.get_url())


def test_the_list_puts_the_readers_own_trade_first(client, django_assert_max_num_queries):
    trade = TradeFactory()
    studio = make_studio()
    mine = make_method(studio=studio, trades=[trade], title="我这一行的")
    for number in range(6):
        make_method(studio=studio, title=f"别的{number}")
    reader = UserFactory()
    posting(reader, make_unit(), trade=trade)
    client.login(username=reader.username, password=PASSWORD)
    client.get("/methods/")
    with django_assert_max_num_queries(15):
        response = client.get("/methods/")
    assert [row.pk for row in response.context["rows"]][0] == mine.pk
    assert "我的工种" in response.content.decode()


def test_the_list_is_narrowed_and_never_shows_what_the_reader_may_not_see(client):
    trade = TradeFactory()
    studio = make_studio()
    wanted = make_method(studio=studio, trades=[trade], title="木塞堵漏法")
    make_method(studio=studio, title="黄泥封堵法")
    make_method(title="木塞内部稿", own_audience=["role:auditor"])
    titles = lambda **asked: [row.title for row in client.get("/methods/", asked).context["rows"]]  # noqa: E731
    assert titles(q="木塞") == [wanted.title]
    assert titles(trade=trade.pk) == [wanted.title]
    assert len(titles(studio=studio.pk)) == 2
    assert titles(q="没有的词") == []
    assert len(titles(trade="x")) == 2


def test_accidents_can_be_listed_alone(client):
    make_case(kind="accident", title="碰人事故")
    make_case(title="典型")
    assert [row.title for row in client.get("/cases/", {"kind": "accident"}).context["rows"]] == ["碰人事故"]


def test_the_history_tells_what_each_release_changed(client):
    page = make_method(effect="平均 11 分钟止漏")
    page.effect = "平均 9 分钟止漏"
    page.save_revision().publish()
    html = client.get(f"/releases/{page.page_key}/", {"release": "2"}).content.decode()
    assert "<del>11</del>" in html
    assert "<ins>9</ins>" in html


def test_the_history_of_a_restricted_page_is_for_its_readers(client):
    page = make_method(own_audience=["role:auditor"])
    assert client.get(f"/releases/{page.page_key}/").status_code == 302
    reader = UserFactory()
    client.login(username=reader.username, password=PASSWORD)
    assert client.get(f"/releases/{page.page_key}/").status_code == 403
    assert client.get("/releases/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_preview_says_who_will_see_it(client):
    page = make_method(published=False, own_audience=["signed-in"])
    response = page.make_preview_request(preview_mode="")
    html = response.render().content.decode() if hasattr(response, "render") else response.content.decode()
    assert "登录的人" in html
