"""Values that everything speaks of: words one after another, in both languages."""

import pytest

from gongzhi.core.terms import Said, Text, several
from gongzhi.words import say


@pytest.mark.parametrize(
    ("words", "most", "zh", "en"),
    [
        ((), None, "", ""),
        (("甲",), None, "甲", "甲"),
        (("甲", "乙"), None, "甲、乙", "甲, 乙"),
        (("甲", Text(zh="乙", en="B")), None, "甲、乙", "甲, B"),
        (("甲", "乙"), 2, "甲、乙", "甲, 乙"),
        (("甲", "乙", "丙"), 2, "甲、乙…", "甲, 乙…"),
    ],
)
def test_words_are_parted_as_each_language_does(words, most, zh, en):
    assert several(iter(words), most=most) == Text(zh=zh, en=en)


def test_a_sentence_takes_them_as_a_value():
    said = Said("{names}", {"names": several(["甲", "乙"])})
    assert (say(said, "zh"), say(said, "en")) == ("甲、乙", "甲, 乙")
