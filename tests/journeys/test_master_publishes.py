"""A master writes a method with phone photos; the head sends it back; mended, it is approved and found."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from kb.models import OperatingMethodPage
from search.services import drain_once
from studios.models import MembershipRole
from tests.factories.studios import make_member, make_person, make_studio
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TURNED = 6  # EXIF: the phone was held upright


def phone_photo() -> bytes:
    """A photo as a phone saves it: large, and turned by a note in its EXIF data."""
    image = Image.effect_noise((1600, 1200), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = TURNED
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85, exif=exif)
    return buffer.getvalue()


def write_method(page, studio):
    page.goto(f"/admin/pages/add/kb/operatingmethodpage/{studio.page.pk}/")
    page.locator("#id_title").fill("翻板阀卡涩三步法")
    page.locator("#id_effect").fill("三步排除翻板阀卡涩，平均 6 分钟恢复，比拆阀少停车 2 小时。")
    steps(page).locator("button.c-sf-add-button").first.click()
    page.locator("[name='steps-0-value-title']").fill("断电挂牌")
    page.locator("[name='steps-0-value-action']").fill("拉下执行机构电源，在开关上挂“有人工作”牌，再用手轮试动翻板。")
    add_photo(page)


def steps(page):
    return page.locator("section:has([name='steps-count'])").last


def add_photo(page):
    steps(page).locator(".chooser__choose-button").first.click()
    dialog = page.locator(".modal")
    dialog.locator("#tab-label-upload").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "IMG_2026.jpg", "mimeType": "image/jpeg", "buffer": phone_photo()}
    )
    dialog.locator("[name$='upload-title']").fill("挂牌")
    words = dialog.locator("[name$='upload-description']")
    assert words.evaluate("field => field.required"), "a picture says in words what it shows"
    words.fill("开关上挂着有人工作牌")
    dialog.get_by_role("button", name="上传").click()
    dialog.wait_for(state="hidden")


def save(page, button):
    """Uses a button at the foot of the editor, from its menu where it is not the first, and waits for the answer."""
    found = page.get_by_role("button", name=button)
    if not found.count() or not found.first.is_visible():
        page.locator("footer .w-dropdown__toggle").last.click()
    with page.expect_navigation():
        found.first.click()
    page.wait_for_load_state("networkidle")


def test_a_method_goes_from_draft_to_found(open_page, axe):
    head = make_person("段长林")
    studio = make_studio(leader=head)
    master = make_member(studio, MembershipRole.MASTER, make_person("易师傅")).person
    desk, phone = open_page("desktop"), open_page("phone")

    sign_in(desk, master)
    write_method(desk, studio)
    save(desk, re.compile("提交给"))
    method = OperatingMethodPage.objects.get(title="翻板阀卡涩三步法")
    assert not method.live

    sign_in(phone, head)
    phone.goto("/review/")
    axe(phone)
    phone.get_by_role("link", name="翻板阀卡涩三步法").click()
    axe(phone)
    assert phone.get_by_text("拉下执行机构电源").first.is_visible()
    phone.get_by_text("退回修改…").click()
    assert phone.get_by_label("要改什么").evaluate("field => field.required")
    phone.get_by_label("要改什么").fill("第 1 步没有写试动几圈，补上再交。")
    phone.get_by_role("button", name="退回给作者").click()
    phone.get_by_text("已退回，作者会看到您写的理由").first.wait_for()

    desk.goto("/review/mine/")
    assert desk.get_by_text("第 1 步没有写试动几圈").first.is_visible()
    axe(desk)
    desk.goto(f"/admin/pages/{method.pk}/edit/")
    assert desk.get_by_text("第 1 步没有写试动几圈").first.is_visible()
    desk.locator("[name='steps-0-value-key_point']").fill("手轮正反各试动两圈，不卡不涩再送电。")
    save(desk, "保存草稿")
    desk.goto("/review/mine/")
    desk.get_by_role("button", name=re.compile("提交审核|再次提交")).first.click()

    phone.goto("/review/")
    phone.get_by_role("link", name="翻板阀卡涩三步法").click()
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="通过并发布").click()
    phone.wait_for_load_state("networkidle")
    method.refresh_from_db()
    assert method.live

    drain_once()
    reader = open_page("phone")
    sign_in(reader, make_person("学员"))
    reader.goto("/search/?q=卡涩")
    reader.get_by_role("link", name=re.compile("翻板阀")).first.click()
    assert reader.get_by_text("手轮正反各试动两圈").is_visible()
    picture = reader.locator("main img").first
    assert picture.get_attribute("alt") == "开关上挂着有人工作牌"
    size = picture.evaluate("async img => { await img.decode(); return [img.naturalWidth, img.naturalHeight] }")
    assert size[1] > size[0], "the photo stands upright"
    axe(reader)

    method.unpublish()
    drain_once()
    reader.goto("/search/?q=卡涩")
    assert not reader.get_by_role("link", name=re.compile("翻板阀")).count()
