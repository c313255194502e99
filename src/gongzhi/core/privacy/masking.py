"""Personal names, telephone and identity numbers in a text, and the text without them.

Precision before reach: a number counts only with its check digit or in its shape, a name only
beside the word that announces it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric

from gongzhi.core.privacy.surnames import SURNAMES

MASK = "*"
MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86-?)?(1[3-9][0-9]{9})(?![0-9A-Za-z]|\.[0-9])")
LANDLINE = re.compile(r"(?<![0-9-])(0[0-9]{2,3}-[0-9]{7,8})(?![0-9])")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
ANNOUNCED = re.compile(
    r"(?:联系人|负责人|填表人|填报人|经办人|审核人|制表人|复核人|责任人|法定代表人|法人代表|姓名)"
    rf"[:：]\s?((?:{SURNAMES})[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
)
KEPT_OF_A_NUMBER = 3
OLDEST = 1900


class PersonalKind(StrEnum):
    """What kind of personal data was found."""

    NAME = "姓名"
    MOBILE = "手机号"
    LANDLINE = "电话号码"
    IDENTITY = "身份证号"


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at a place of a text; the mask is what may be shown of it."""

    kind: PersonalKind
    start: int
    end: int
    mask: str


def personal_in(text: str | None) -> list[Personal]:
    """Everything personal in a text, from left to right, without overlaps."""
    found: list[Personal] = []
    for personal in sorted(_candidates(text or ""), key=lambda each: each.start):
        if not found or personal.start >= found[-1].end:
            found.append(personal)
    return found


def redacted(text: str) -> str:
    """The text with every personal name and number masked."""
    pieces, done = [], 0
    for personal in personal_in(text):
        pieces += [text[done : personal.start], personal.mask]
        done = personal.end
    return "".join([*pieces, text[done:]])


def _candidates(text: str) -> Iterator[Personal]:
    for match in IDENTITY.finditer(text):
        if _is_identity(match[1]):
            yield _masked(PersonalKind.IDENTITY, match, KEPT_OF_A_NUMBER)
    for match in MOBILE.finditer(text):
        yield _masked(PersonalKind.MOBILE, match, KEPT_OF_A_NUMBER)
    for match in LANDLINE.finditer(text):
        yield _masked(PersonalKind.LANDLINE, match, match[1].index("-") + 1)
    for match in ANNOUNCED.finditer(text):
        yield _masked(PersonalKind.NAME, match, 1)


def _masked(kind: PersonalKind, match: re.Match[str], kept: int) -> Personal:
    shown = match[1][:kept] + MASK * (len(match[1]) - kept)
    return Personal(kind, match.start(1), match.end(1), shown)


def _is_identity(digits: str) -> bool:
    """A resident identity number: the check digit and a day of birth that exists."""
    if ric.calc_check_digit(digits) != digits[-1].upper():
        return False
    year, month, day = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
    try:
        return date(year, month, day).year >= OLDEST
    except ValueError:
        return False
