"""The viewer of files: the place asked for, its words marked, and nothing for those who may not have the file."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kb.files.reading.services import content_key, file_read
from kb.files.storage import files_storage
from kb.models import FilePart, FileReading
from people.audience.rules import token
from search import registry
from tests.factories.documents import pdf_bytes, sheets_bytes
from tests.factories.kb import make_courseware, make_file
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\n" + "\n\n".join(
    f"00:0{second // 10}:{second % 10}0.000 --> 00:0{second // 10}:{second % 10}8.000\n{words}。"
    for second, words in enumerate(["先问四句", "量孔选塞", "木塞要干", "铜锤轻敲"], 5)
)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def read_file(name, content, **fields):
    file = make_file(name=name, content=content if isinstance(content, bytes) else content.encode(), **fields)
    file_read(file_id=file.pk)
    return file


def with_parts(kind, count, *, name="a.pptx", reading="read", **fields):
    """A file as it stands after reading, without running the programs that read it."""
    file = make_file(name=name)
    FileReading.objects.filter(file=file).delete()
    now = timezone.now()
    FileReading.objects.create(file=file, state=reading, file_hash=content_key(file), queued_at=now, finished_at=now)
    FilePart.objects.bulk_create(
        FilePart(
            file=file,
            ordinal=number,
            kind=kind,
            number=number,
            locator=f"{kind}:{number}",
            **{key: value(number) for key, value in fields.items()},
        )
        for number in range(1, count + 1)
    )
    return file


def address(file, words=""):
    return reverse("kb:read", args=[file.pk]) + words


def html(client, file, words=""):
    response = client.get(address(file, words))
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_is_opened_with_its_words_marked_in_the_text_and_on_the_picture(client):
    file = read_file("a.pdf", pdf_bytes([f"第{n}页的木塞要干。" for n in range(1, 20)]))
    page = html(client, file, "?at=page:17&hl=木塞")
    assert 'id="page-17" data-here' in page
    assert "第17页的<mark>木塞</mark>要干" in page
    assert page.count("<rect ") == 3, "the pages 17 to 19 are shown"
    assert 'id="page-16"' not in page
    assert "本文件 19 处，第 17 处" in page
    assert f"{address(file)}?at=page:16&amp;hl=" in page
    large = client.get(reverse("kb:page_picture", args=[file.pk, 17, 1240]))
    assert large["Content-Type"] == "image/webp"
    assert b"".join(large.streaming_content)[8:12] == b"WEBP"


def test_a_search_opens_it_there(client):
    piece = registry.get("file").build(str(read_file("a.txt", "# 堵漏\n木塞要干。").pk))
    assert piece is not None
    assert piece.url.endswith("/read/")


def test_without_a_place_the_first_that_has_the_words_is_opened(client):
    file = with_parts("slide", 20, text=lambda n: "讲木塞。" if n == 13 else "讲黄泥。")
    assert 'id="slide-13" data-here' in html(client, file, "?hl=木塞")
    assert 'id="slide-1"' in html(client, file) and "data-here" not in html(client, file)
    assert "文件里没有" in html(client, file, "?hl=铜锤")


@pytest.mark.parametrize(
    ("words", "opened"),
    [
        ("?page=12", 12),
        ("?page=999", 20),
        ("?at=slide:99999", 20),
        ("?at=slide:0", 1),
    ],
)
def test_a_number_is_enough_and_one_that_is_not_there_opens_what_is_nearest(client, words, opened):
    file = with_parts("slide", 20, text=lambda n: f"第 {n} 张")
    assert f'id="slide-{opened}" data-here' in html(client, file, words)


@pytest.mark.parametrize("words", ["?at=step:x", "?at=%00", "?at=cue:1.5", "?at=row:."])
def test_nonsense_opens_the_file_where_it_begins(client, words):
    page = html(client, with_parts("slide", 20, text=lambda n: f"第 {n} 张"), words)
    assert 'id="slide-1"' in page and "data-here" not in page


def test_a_long_file_costs_no_more_than_a_short_one(client, django_assert_max_num_queries):
    file = with_parts("page", 500, name="a.pdf", text=lambda n: f"第 {n} 页讲木塞。" * 40)
    address_of_it = address(file, "?at=page:250&hl=木塞")
    client.get(address_of_it)
    with django_assert_max_num_queries(14):
        page = client.get(address_of_it).content
    assert len(page) < 60_000
    assert "249～256 / 500" in page.decode()


def test_a_slides_notes_stand_below_it_under_their_name(client):
    file = with_parts("slide", 1, title=lambda n: "看气色", text=lambda n: "看气色\n看出口\n备注：讲到木塞停一停")
    page = html(client, file, "?hl=木塞")
    assert '备注</span><div lang="zh-Hans"><p>讲到<mark>木塞</mark>停一停</p>' in page
    assert "<p>看出口</p>" in page


def test_a_sheet_is_a_table_with_the_row_asked_for_in_it(client):
    page = html(client, read_file("a.xlsx", sheets_bytes()), "?at=row:1.4&hl=油位")
    assert '<th scope="col" lang="zh-Hans">部位</th><th scope="col" lang="zh-Hans">标准</th>' in page
    assert 'id="row-1.4" class="row-here"' in page
    assert '<td lang="zh-Hans" data-label="部位"><span><mark>油位</mark></span></td>' in page
    assert '工作表“<span lang="zh-Hans">点检</span>”' in page


def test_the_row_that_names_the_columns_is_the_head_of_the_table_and_is_not_said_again(client):
    page = html(client, read_file("a.xlsx", sheets_bytes()))
    head, body = page.split("<thead>")[1].split("</thead>")
    assert head.index("点检记录") < head.index('id="row-1.2" class="sheet-head"') < head.index('scope="col"')
    assert page.count(">部位</th>") == 1 and 'id="row-1.2"' not in body
    assert "row-here" not in page and "data-here" not in page, "nobody came for a row"


def test_a_link_to_the_row_of_names_opens_it_with_its_words_marked(client):
    page = html(client, read_file("a.xlsx", sheets_bytes()), "?at=row:1.2&hl=部位")
    assert 'id="row-1.2" class="sheet-head row-here" data-here aria-current="true"' in page
    assert '<th scope="col" lang="zh-Hans"><mark>部位</mark></th>' in page


def test_rows_further_down_keep_the_names_of_their_columns(client):
    rows = [["部位", "标准", "备用"], *([f"阀{number}", "不漏"] for number in range(1, 70))]
    page = html(client, read_file("a.xlsx", sheets_bytes(rows)), "?at=row:1.65")
    assert '<tr class="sheet-head"><td></td><th scope="col" lang="zh-Hans">部位</th>' in page
    assert "1～60</a>" in page, "pages of rows are counted as the rows are"


def test_a_row_of_more_names_than_a_table_has_room_for_stays_a_row(client):
    names = [f"指标{chr(0x4E00 + number)}" for number in range(15)]
    page = html(client, read_file("a.xlsx", sheets_bytes([names, ["合格"] * 15, ["合格"] * 15])))
    assert "<thead>" not in page and 'id="row-1.1"' in page


def test_a_traditional_query_marks_simplified_words(client):
    file = with_parts("section", 3, name="a.md", title=lambda n: "交班", text=lambda n: "交班\n设备台账要写清。")
    assert "设备<mark>台账</mark>要写清" in html(client, file, "?hl=臺賬")


def test_what_a_file_says_is_never_markup(client):
    file = with_parts("page", 1, text=lambda n: "<script>alert(1)</script>木塞", title=lambda n: "<b>粗</b>")
    page = html(client, file, '?hl="><script>alert(2)</script>木塞')
    assert "<script>alert" not in page
    assert "<b>粗" not in page


def test_subtitles_alone_are_read_line_by_line(client):
    page = html(client, read_file("a.vtt", VTT), "?at=cue:70000&hl=木塞")
    assert 'id="t-70000"' in page
    assert "<mark>木塞</mark>要干" in page
    assert "01:10" in page
    assert "<video" not in page


def test_a_film_on_a_page_is_opened_at_the_second(client):
    film, subtitles = make_file(name="a.mp4", content=b"0000ftyp"), read_file("a.vtt", VTT)
    value = {"title": "", "video": film.pk, "subtitles": subtitles.pk, "poster": None}
    page = make_courseware(attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    shown = client.get(page.get_url() + "?at=cue:70000&hl=木塞").content.decode()
    assert f'src="{film.url}#t=70"' in shown
    assert 'id="t-70000"' in shown
    assert address(film) in shown
    assert f'src="{film.url}"' in client.get(page.get_url()).content.decode()
    for file in (film, subtitles):
        viewer = html(client, file, "?t=71")
        assert f'src="{film.url}#t=71"' in viewer
        assert "<mark>" not in viewer
        assert 'data-seek="70000" aria-current="true"' in viewer


@pytest.mark.parametrize(
    ("state", "said"), [("waiting", "正在读取，稍后刷新"), ("failed", "没有读出"), ("read", "文件里没有文字")]
)
def test_a_file_without_words_says_why_and_can_be_taken_away(client, state, said):
    file = with_parts("page", 0, reading=state)
    page = html(client, file)
    assert said in page
    assert f'href="{file.url}"' in page


@pytest.fixture
def secret():
    studio = make_studio()
    file = with_parts("page", 2, text=lambda n: "独门七星锁漏诀")
    file.own_audience = [token("studio", studio.pk)]
    file.save()
    drawn = files_storage().save("pages/t/1.webp", ContentFile(b"RIFF0000WEBP"))
    FilePart.objects.filter(file=file).update(picture=drawn, thumbnail=drawn, width=1240, height=900)
    return file, make_member(studio).person


def test_neither_words_nor_pictures_are_given_to_those_who_may_not_have_the_file(secret):
    file, member = secret
    asked = [
        address(file, "?hl=锁漏"),
        *(reverse("kb:page_picture", args=[file.pk, 1, width]) for width in (320, 1240)),
    ]
    for person, expected in ((member, 200), (make_person(), 403), (None, 302)):
        client = Client()
        if person:
            client.force_login(person)
        for where in asked:
            response = client.get(where)
            assert response.status_code == expected, where
            assert expected == 200 or "锁漏诀" not in response.content.decode()


def test_a_picture_is_asked_for_again_and_sent_once(secret):
    file, member = secret
    client = Client()
    client.force_login(member)
    where = reverse("kb:page_picture", args=[file.pk, 1, 320])
    first = client.get(where)
    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(where, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(reverse("kb:page_picture", args=[file.pk, 7, 320])).status_code == 404
    assert client.get(f"/files/{file.pk}/pages/1-900.webp").status_code in (403, 404)


def test_a_file_is_shown_in_the_script_that_its_reader_chose(client):
    file = with_parts("page", 3, text=lambda number: f"第{number}页设备维护，头发盘好。", title=lambda _n: "设备")
    client.cookies["script"] = "zh-Hant"
    page = html(client, file, "?at=page:2&hl=头发")
    assert "第2頁設備維護，<mark>頭髮</mark>盤好。" in page
    assert 'id="page-2"' in page and 'lang="zh-Hant"' in page
    client.cookies["script"] = "original"
    assert "第2页设备维护，<mark>头发</mark>盘好。" in html(client, file, "?at=page:2&hl=头发")


def test_a_sheet_in_traditional_is_shown_in_simplified(client):
    file = read_file("設備臺帳.xlsx", sheets_bytes([["設備", "狀態"], ["壓濾機", "運轉"]]), title="設備臺帳")
    client.cookies["script"] = "zh-Hans"
    page = html(client, file)
    assert "压滤机" in page and 'data-label="状态"' in page


def test_each_text_of_a_file_is_in_its_own_script(client):
    # The title and the first line tell nothing of the script, or another one than the rest.
    cues = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n好。\n\n00:00:09.000 --> 00:00:12.000\n壓力錶歸零。\n"
    sheet = sheets_bytes([["設備", "狀態"], ["壓濾機", "運轉"]])
    for file in (read_file("a.vtt", cues.encode(), title="说话"), read_file("b.xlsx", sheet, title="设备台账")):
        client.cookies["script"] = "zh-Hans"
        assert "压" in html(client, file) and "壓" not in html(client, file)
        client.cookies["script"] = "zh-Hant"
        assert "壓" in html(client, file)
