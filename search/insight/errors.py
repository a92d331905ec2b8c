"""Refusals of insight and pins."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal


class NothingToPin(Refusal):
    """There is no such result, or it cannot be found by anybody."""

    code = "nothing_to_pin"
    status = 400
    message = _("没有找到这个页面或文件。请从浏览器地址栏复制已发布内容的地址。")


class PinTaken(Refusal):
    """The result is pinned for this query already."""

    code = "pin_taken"
    status = 409
    message = _("这个搜索词已经推荐了这一篇，请修改原来的那条。")


class TooManyPins(Refusal):
    """More pins than a results page bears."""

    code = "too_many_pins"
    status = 409
    message = _("一个搜索词最多推荐 3 篇，请先取消一篇。")


class NothingToHandOn(Refusal):
    """The token is too old, or not ours."""

    code = "nothing_to_hand_on"
    status = 400
    message = _("这句话过时了。请重新搜一次，再点“请师傅写一篇”。")


class TooManyHandedOn(Refusal):
    """More than a day's worth."""

    code = "too_many_handed_on"
    status = 429
    message = _("今天已经转告了 10 条，请明天再来，或直接问工作室的师傅。")


class NoDraftPlace(Refusal):
    """The person has no studio to write in."""

    code = "no_draft_place"
    status = 403
    message = _("您不在任何工作室里写稿，请让工作室的师傅来写，或联系编辑。")
