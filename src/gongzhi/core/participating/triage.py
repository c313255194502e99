"""What a remark may not be about, told from its text before anything of it is kept.

An accusation is a sentence that names both a wrong and somebody who is said to have done it; a
sentence that only speaks of such wrongs (“防止挪用资金”) is a suggestion like any other. Missing
one is possible, so the page says where accusations belong before anybody writes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongzhi.core.privacy.masking import PersonalKind, personal_in
from gongzhi.core.privacy.surnames import SURNAMES
from gongzhi.core.terms import Text

SENTENCES = re.compile(r"[。！？!?；;\n\r]+|\.\s")
NUMBERS = (PersonalKind.IDENTITY,)
# 张某某, 王××: part of a name is hidden.
HIDDEN = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{SURNAMES})(?:某{{1,2}}|[\u4e00-\u9fff]?[×xX*]{{1,2}})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where a matter belongs that isn't taken in here: in what words people know it, and how.

    `telephone` and `address` are empty where there is none.
    """

    code: str
    name: Text
    matter: Text
    telephone: str
    address: str
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRules:
    """Words that say a wrong, words that say who; in whole for Chinese, by word for English."""

    wrongs: Sequence[str]
    people: Sequence[str]
    preventing: Sequence[str]
    channels: Mapping[str, Channel]


def is_accusation(text: str, *, rules: TriageRules) -> bool:
    """Whether a sentence of the text accuses somebody."""
    return any(_accuses(sentence, rules=rules) for sentence in SENTENCES.split(text))


def has_identity(text: str) -> bool:
    """Whether the text holds an identity number, which no remark needs."""
    return any(found.kind in NUMBERS for found in personal_in(text))


def _accuses(sentence: str, *, rules: TriageRules) -> bool:
    if any(_says(sentence, word) for word in rules.preventing):
        return False
    wrong = any(_says(sentence, word) for word in rules.wrongs)
    return wrong and (_names(sentence) or any(_says(sentence, word) for word in rules.people))


def _says(sentence: str, word: str) -> bool:
    """Chinese words stand anywhere in a sentence, English ones between others."""
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}", sentence, re.IGNORECASE) is not None
    return word in sentence


def _names(sentence: str) -> bool:
    """Whether somebody is named with part of the name hidden, or beside a word that announces."""
    return HIDDEN.search(sentence) is not None or any(
        found.kind is PersonalKind.NAME for found in personal_in(sentence)
    )
