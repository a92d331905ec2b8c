"""What cannot be done with people and units, and what to do instead."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal


class StaffNumberTaken(Refusal):
    """Somebody has the number already."""

    code = "staff_number_taken"
    message = _("这个工号已经有人用了。请核对工号；如果是同一个人，请在人员页面里改。")
    status = 400


class UnitClosed(Refusal):
    """Nobody can be posted to a unit that is closed."""

    code = "unit_closed"
    message = _("这个单位已经停用，请选在用的单位。")
    status = 400


class AlreadyThere(Refusal):
    """The transfer would change nothing."""

    code = "already_there"
    message = _("此人现在就在这个单位、工种和岗位，没有要改的。")
    status = 400


class HasNoPosting(Refusal):
    """The person is posted nowhere."""

    code = "has_no_posting"
    message = _("此人现在没有任职，不用办离职；要停用账号请点“停用账号”。")
    status = 400


class TooEarly(Refusal):
    """The date lies before what is already recorded."""

    code = "too_early"
    status = 400

    def __init__(self, earliest: dt.date) -> None:
        super().__init__(_("日期不能早于 %(day)s：那之前已经有任职记录。") % {"day": earliest.isoformat()})


class UnitNotEmpty(Refusal):
    """People or units in use are still there."""

    code = "unit_not_empty"
    message = _("这个单位下面还有在职人员或在用的下级单位。请先调走人员、停用下级，再停用它。")


class UnitIntoItself(Refusal):
    """A unit cannot stand below itself."""

    code = "unit_into_itself"
    message = _("不能把单位移到它自己或它的下级下面，请另选上级。")
    status = 400


class CodeTaken(Refusal):
    """The code of a unit, trade or post is taken."""

    code = "code_taken"
    message = _("这个代码或名称已经有了，请换一个。")
    status = 400
