"""Names that people choose to be shown under in public (clause 5.13): what none may be."""

import re
import unicodedata
from collections.abc import Iterable

from gongzhi.core.terms import Said

# Letters and digits of any script, and what stands between the parts of a name.
BETWEEN = " ·-_.'"
SEPARATORS = re.compile(r"[\s·\-_.']")
DIGITS_IN_A_ROW_MAX = 6  # more could be a telephone, identity or bank number
ORGANISATION_CHARACTERS_MIN = 4  # a shorter name of an organisation is a word as well


def plain_public_name(text: str) -> str:
    """The name as it was meant: one spelling, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def fault_of_public_name(
    name: str, *, length: tuple[int, int], reserved: Iterable[str], organisations: Iterable[str]
) -> Said | None:
    """Why a name, as `plain_public_name` made it, can't be chosen; None if it can.

    `reserved` are words that only an office may speak under, `organisations` the names of those
    that take part here.
    """
    least, most = length
    if not least <= len(name) <= most:
        return Said("公开名称用 {least} 到 {most} 个字", {"least": least, "most": most})
    if odd := next((each for each in name if not _is_plain(each)), None):
        return Said("公开名称里不能有“{odd}”，请只用文字和数字", {"odd": odd})
    if not any(each.isalpha() for each in name):
        return Said("公开名称至少要有一个文字")
    close = SEPARATORS.sub("", name).casefold()
    if re.search(rf"\d{{{DIGITS_IN_A_ROW_MAX + 1}}}", close):
        return Said("公开名称里不要写电话、证件或者账户号码，请去掉连着的数字")
    for organisation in organisations:
        known = SEPARATORS.sub("", organisation).casefold()
        if len(known) >= ORGANISATION_CHARACTERS_MIN and known in close:
            return Said("“{name}”是一个单位的名称，请换一个", {"name": organisation})
    for word in reserved:
        if word.casefold() in close:
            return Said("“{word}”会让人以为是有关单位在发言，请换一个", {"word": word})
    return None


def _is_plain(character: str) -> bool:
    return character in BETWEEN or unicodedata.category(character)[0] in "LNM"
