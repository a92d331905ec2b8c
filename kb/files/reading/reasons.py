"""Why a file was not read, or only partly, in words: what is the matter, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """Two sentences for the person whose file it is."""

    what: str | Promise
    to_do: str | Promise


AGAIN = _("点“重新读取”再试一次；还不行就用原来的软件打开，另存后重新上传。")
SPLIT = _("把它拆成几个小文件上传，每个都能完整搜到。")
REASONS: dict[str, Words] = {
    "encrypted": Words(
        _("文件设了打开密码。"), _("在原来的软件里取消密码，另存后重新上传；要限制谁能看，请用“谁可以看”。")
    ),
    "broken": Words(_("文件已损坏，或不是它的扩展名所说的格式。"), _("用原来的软件打开，另存后重新上传。")),
    "empty": Words(_("文件里没有可以读的内容。"), _("检查是不是传错了文件。")),
    "scanned": Words(
        _("这是扫描件，文字识别没有认出字来。"), _("换一份更清楚的扫描件（300 dpi、摆正），或上传有文字的原稿。")
    ),
    "no_words": Words(
        _("文件里没有文字（可能整页都是图片），只能按标题找到。"),
        _("需要搜到内容的，请上传有文字的原稿，或在标题里写清楚。"),
    ),
    "ocr_missing": Words(
        _("这是扫描件（整页是图片），而服务器没有安装文字识别。"),
        _(
            "请管理员安装 tesseract-ocr 和 tesseract-ocr-chi-sim、tesseract-ocr-chi-tra，再点“重新读取”；或上传有文字的原稿。"
        ),
    ),
    "ocr_too_many": Words(_("扫描的页太多，只识别了前面的一部分。"), SPLIT),
    "too_large": Words(_("文件太大，没有读取（超过 100 MB，或文本超过 20 MB）。"), SPLIT),
    "too_many_pages": Words(_("页数太多，后面的页没有读。"), SPLIT),
    "too_many_rows": Words(_("表格的行太多，后面的行没有读。"), SPLIT),
    "too_much_text": Words(_("文字太多，后面的没有读。"), SPLIT),
    "pictures": Words(
        _("有些页没有图片（页太多，或画不出来），文字已读。"), _("可以照常搜索；看不到图片的页请下载原文件。")
    ),
    "timeout": Words(_("读取超过了时间限制，已停止。"), AGAIN),
    "memory": Words(_("读取超过了内存限制，已停止。"), AGAIN),
    "worker": Words(_("读取时后台任务几次意外中断。"), AGAIN),
    "storage": Words(_("文件暂时取不到，会自动重试。"), _("多次重试后还是这样，请管理员检查文件存放的磁盘。")),
    "no_converter": Words(
        _("服务器没有安装 LibreOffice：旧格式读不了，幻灯片和文档没有图片。"),
        _(
            "请管理员安装 libreoffice-impress、libreoffice-writer、libreoffice-calc，再点“重新读取”；或另存为 docx、xlsx、pptx 上传。"
        ),
    ),
    "converter": Words(_("文字读了，但转换不出每页的图片。"), AGAIN),
    "bomb": Words(
        _("文件解开后大得不正常，可能是恶意文件，没有打开。"), _("核实来源；确实需要的，用原来的软件另存后再传。")
    ),
    "unsafe": Words(
        _("文件里有不安全的内容（宏、外部实体、越界路径或套装的压缩包），没有打开。"),
        _("核实来源；用原来的软件另存为不带宏的格式后再传。"),
    ),
    "unsupported": Words(_("这种格式不读取内容，只能按标题找到。"), _("需要搜到内容的，请转成 PDF 上传。")),
}
UNKNOWN = Words(_("没有读出内容。"), AGAIN)


def reason_words(code: str) -> Words:
    """The words of a reason; general ones for a code that a newer release wrote."""
    return REASONS.get(code, UNKNOWN)
