"""Texts, codes and yes or no as cells hold them."""

import re
import unicodedata

from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Said

TEXT_MAX, CODE_MAX = 2000, 200  # where a source has no codes, names stand for them
STRANGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
SPOILT = "\ufffd"
SPACE = re.compile(r"\s+")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
CLASS = re.compile(r"[\[【(]?\s*([0-9]{3,12})\s*[\]】)]?[\s\-—_:·]*(?:[^0-9\s].*)?", re.DOTALL)
ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"))
YES = frozenset(("是", "有", "对", "√", "true", "yes", "y", "1", "sim", "si", "sí", "s", "x"))
NO = frozenset(("", "否", "无", "不", "×", "false", "no", "n", "0", "não", "nao", "-"))


def text(given: str) -> str:
    """The text on one line, in Unicode's composed form, without what cannot be shown."""
    if given[:1] == "'" and given[1:2] in FORMULAS:
        given = given[1:]  # how a text that looks like a formula is kept a text
    if given.isascii() and given.isprintable():
        return _short(given.strip(), TEXT_MAX)
    if SPOILT in given:
        raise Unreadable(
            Said("“{text}”里有读不出来的字符", {"text": given.strip()[:40]}),
            Said("请用 UTF-8 或 GB18030 编码重新导出"),
        )
    folded = unicodedata.normalize("NFC", STRANGE.sub("", given))
    return _short(SPACE.sub(" ", folded).strip(), TEXT_MAX)


def code(given: str) -> str:
    """A key: half-width, without the marks that spreadsheets put before texts."""
    folded = text(given)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded)
    folded = folded.lstrip("'`").strip()
    if SCIENTIFIC.fullmatch(folded):
        raise Unreadable(
            Said("编号“{text}”被电子表格改成了科学计数法，后几位已经丢失", {"text": folded[:40]}),
            Said("请把这一列设成文本格式，从原系统重新导出"),
        )
    if folded.endswith(".0") and folded[:-2].isdigit():
        folded = folded[:-2]
    return _short(folded, CODE_MAX)


def class_code(given: str) -> str:
    """The code of a class, of which files also write the name: 2050201-学前教育, [30201]办公费."""
    folded = code(given)
    found = CLASS.fullmatch(folded)
    return found[1] if found else folded


def truth(given: str) -> bool:
    """Yes or no; an empty cell is no."""
    folded = unicodedata.normalize("NFKC", given).strip().lower()
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise Unreadable(
        Said("“{text}”不是“是”或“否”", {"text": given.strip()[:40]}), Said("请写“是”或“否”")
    )


def _short(folded: str, limit: int) -> str:
    if len(folded) > limit:
        raise Unreadable(
            Said("这一格有 {count} 个字，超过 {limit}", {"count": len(folded), "limit": limit}),
            Said("请核对是否缺了引号，使后面的内容并进了这一格"),
        )
    if folded in ERRORS:
        raise Unreadable(
            Said("这一格是电子表格的错误值 {text}", {"text": folded}), Said("请改正公式后重新保存")
        )
    return folded
