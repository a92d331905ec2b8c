"""The list of studios as rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from studios.models import Studio


def studio_head() -> list[str]:
    """Column titles."""
    return [
        _("名称"), _("单位"), _("级别"), _("状态"), _("类型"), _("领衔人"), _("荣誉"), _("联系方式"), _("手机"),
        _("成员数"), _("场所"), _("牌子"), _("挂牌日期"), _("成立日期"),
    ]  # fmt: skip


def studio_rows(studios: Iterable[Studio]) -> Iterator[list[object]]:
    """One row a studio; needs rows of `selectors.studios_listed`."""
    for studio in studios:
        leaders = studio.leaders_now
        yield [
            studio.name,
            studio.unit.name,
            str(studio.get_level_display()),
            str(studio.get_state_display()),
            "、".join(kind.name for kind in studio.types.all()),
            "、".join(leader.person.name for leader in leaders),
            "、".join(leader.honour for leader in leaders if leader.honour),
            studio.contact,
            "、".join(leader.person.phone for leader in leaders if leader.person.phone),
            studio.member_count,
            studio.place,
            studio.plaque,
            studio.plaque_date,
            studio.founded_date,
        ]
