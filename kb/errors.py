"""Refusals of `kb`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import NotAllowed, Refusal


class NotReviewer(NotAllowed):
    """Only heads, deputies and editors decide on a studio's texts."""

    code = "not_reviewer"
    message = _("只有这个工作室的负责人、代理人或编辑可以审核，请联系负责人。")


class OwnText(Refusal):
    """A head may not release his own text where there are others who can."""

    code = "own_text"
    message = _("这是您自己写的稿件。工作室有别的负责人时要由别人审核，请通知他处理。")


class AlreadyDecided(Refusal):
    """Somebody else was quicker."""

    code = "already_decided"
    message = _("这一稿已经处理过了（可能是另一位审核人刚刚处理的），您的操作没有执行。请回到审核列表查看。")


class TextChanged(Refusal):
    """The text is not the one that the reviewer read."""

    code = "text_changed"
    message = _("您打开以后，这一稿又有了修改，所以没有发布。请刷新页面，看过新的改动再决定。")


class ReasonMissing(Refusal):
    """Sending back needs a reason."""

    code = "reason_missing"
    message = _("请写明要改什么，作者才知道怎样改。")
    status = 400


class AlreadySubmitted(Refusal):
    """The text waits already."""

    code = "already_submitted"
    message = _("这一稿已经在等待审核，不用再交。要修改请先撤回。")


class NotComplete(Refusal):
    """The text lacks what readers need."""

    code = "not_complete"
    message = _("还有必填的内容没有写，请打开编辑页补齐再提交。")
    status = 400


class NotSubmitted(Refusal):
    """There is nothing to take back."""

    code = "not_submitted"
    message = _("这一稿没有在等待审核，不用撤回。")


class NotAuthor(NotAllowed):
    """Only who may edit the page may do this with it."""

    code = "not_author"
    message = _("您不能编辑这个页面，请联系它的作者或工作室负责人。")


class FileRefused(Refusal):
    """An uploaded file is not what it says, or may not be taken."""

    code = "file_refused"
    message = _("这个文件不能上传。")
    status = 400
