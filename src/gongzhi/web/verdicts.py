"""The words in which a browser tells the verdict on a proof."""

from django.utils.translation import gettext as _

from gongzhi.core.ledger.rejected import SENTENCES
from gongzhi.core.terms import Said
from gongzhi.web.frame import reader_language
from gongzhi.words import say


def reasons() -> dict[str, str]:
    """The browser's reasons, in the reader's language; `{detail}` stays for it to fill in."""
    language = reader_language()
    kept = {"detail": "{detail}"}
    return {str(reason): say(Said(text, kept), language) for reason, text in SENTENCES.items()}


def verdict_words() -> dict[str, str]:
    """What the browser's verdict is told in."""
    return {
        "good": _("证明成立：这份记录是日志 {origin} 的第 {index} 号存证，日志共 {size} 条。"),
        "row": _(
            "证明成立：这是日志 {origin} 第 {index} 号存证所含 {rows} 行中的"
            "第 {row} 行（从 0 数起）。"
        ),
        "bad": _("证明不成立：{why}"),
        "seal": _("证明成立：第 {index} 号存证没有改动。"),
        "entry": _("看这一条存证"),
        "lacking": _("请同时选证明文件和记录文件。"),
        "unable": _("这个浏览器不会验证，已改由服务器验证。"),
    }
