"""The indicator library: whole, in both languages, over all classes and kinds, honest."""

import json
import re
from collections import Counter
from datetime import date

import pytest

from gongzhi.core.goals import Aspect, Basis
from gongzhi.core.goals.likeness import alike
from gongzhi.core.indicators import kind_of
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import number
from gongzhi.core.indicators.promise import promise_of
from gongzhi.rules.entry import BadRules
from gongzhi.rules.indicators import load_classes, load_library, read_indicator
from gongzhi.rules.indicators.reading import ROOM
from gongzhi.rules.packs import load_packs
from real_input import real_input

CHINESE = re.compile(r"[\u3400-\u9fff]")
LIBRARY = load_library()
LEXICON = load_packs()["mof-2021-101"].lexicon
TEXTS = ("name", "why", "formula", "source", "evidence", "good", "bad")
every = pytest.mark.parametrize("entry", LIBRARY.values(), ids=LIBRARY)
GOOD = ROOM / "205" / "big-classes.toml"
SLIPS = [
    ('code = "205-big-classes"', 'code = "205-big"', "code 应与文件夹和文件同名：205-big-classes"),
    ('level1 = "产出指标"', 'level1 = "效益指标"', "质量指标属于产出指标"),
    ('level2 = "质量指标"', 'level2 = "质量"', "level2 只能是"),
    ('classes = ["205"]', 'classes = ["206"]', "classes 应以文件夹 205 开头"),
    ('classes = ["205"]', 'classes = ["205", "999"]', "没有功能分类 999"),
    ('kind = "at_most"', 'kind = "atmost"', "kind 只能是"),
    ('direction = "less"', 'direction = "down"', "direction 只能是"),
    ("low = 0\nhigh = 5", "low = 6\nhigh = 5", "high 小于 low"),
    ("low = 0\nhigh = 5", "", "缺少 low、high 或 words"),
    ('basis = "own_judgement"', 'basis = "law"', "basis 只能是"),
    ('checked_by = ""', "", "缺少 checked_by"),
    ("verified = false", "verifed = false", "缺少 verified"),
    ('checked_by = ""', 'checked_by = ""\nauthor = "?"', "这里不能写 author"),
]


def test_there_are_at_least_150_indicators():
    assert len(LIBRARY) >= 150


def test_every_functional_class_that_does_something_has_indicators():
    named = Counter(code for entry in LIBRARY.values() for code in entry.classes)
    thin = [
        code for code, each in load_classes().items() if each.has_indicators and named[code] < 4
    ]
    assert thin == []


def test_every_kind_of_level_two_has_indicators():
    counts = Counter(entry.aspect for entry in LIBRARY.values())
    assert [aspect for aspect in Aspect if counts[aspect] < 4] == []


def test_no_name_and_no_code_stands_twice():
    names = Counter(canonical(entry.name.zh) for entry in LIBRARY.values())
    english = Counter(entry.name.en for entry in LIBRARY.values())
    assert [name for name, count in (names + english).items() if count > 1] == []
    assert all(code == entry.code for code, entry in LIBRARY.items())


def test_every_folder_is_a_class():
    folders = {path.name for path in ROOM.iterdir() if path.is_dir() and path.name[:1] != "_"}
    assert folders - {"any"} <= set(load_classes())


@every
def test_an_indicator_is_explained_in_both_languages(entry):
    for name in TEXTS:
        text = getattr(entry, name)
        assert CHINESE.search(text.zh), name
        assert re.search("[A-Za-z]{2}", text.en), name
        assert not CHINESE.search(text.en), name


@every
def test_the_example_is_of_the_kind_and_direction_that_the_entry_says(entry):
    promise = promise_of(target_text=entry.example, level2=entry.aspect.level2, lexicon=LEXICON)
    assert kind_of(promise).name == entry.kind
    if promise.number is not None and promise.number.sign in ("≥", "≤"):
        assert promise.less_is_better == entry.less_is_better


@every
def test_the_example_lies_where_targets_usually_lie_and_has_the_unit(entry):
    printed = number(entry.example)
    if printed is None:
        return
    assert printed.unit == canonical(entry.unit.zh) or entry.unit.zh in ("系数", "元/单位", "比值")
    for typical in entry.typical:
        assert typical.low is None or typical.low <= printed.value
        assert typical.high is None or printed.value <= typical.high


@every
def test_nothing_claims_to_be_checked_that_nobody_checked(entry):
    assert entry.checked_by or not any(typical.verified for typical in entry.typical)
    assert entry.next_review_on > date(2026, 1, 1)
    seen = any(typical.basis is Basis.PUBLISHED_FORMS for typical in entry.typical)
    assert entry.seen_as or not seen


@every
def test_the_bad_example_is_not_the_good_one(entry):
    assert alike(entry.good.zh, entry.bad.zh) < 1
    assert re.search("[0-9]", entry.good.zh)


def test_what_is_said_to_be_seen_stands_on_published_forms():
    printed = {
        canonical(indicator["level3"])
        for path in real_input("forms").glob("*.expected.json")
        for form in forms_in(json.loads(path.read_text(encoding="utf-8")))
        for indicator in form.get("indicators", ())
        if indicator.get("level3")
    }
    unseen = [
        f"{entry.code}: {name}"
        for entry in LIBRARY.values()
        for name in entry.seen_as
        if canonical(name) not in printed
    ]
    assert unseen == []


def forms_in(told) -> list[dict]:
    return told.get("forms", [told]) if isinstance(told, dict) else told


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_file_and_reason(tmp_path, good, bad, reason):
    text = GOOD.read_text(encoding="utf-8")
    assert good in text
    path = tmp_path / "205" / "big-classes.toml"
    path.parent.mkdir()
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BadRules) as caught:
        read_indicator(path)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")


def test_a_general_indicator_names_no_class(tmp_path):
    path = tmp_path / "any" / "big-classes.toml"
    path.parent.mkdir()
    text = GOOD.read_text(encoding="utf-8").replace("205-big", "any-big")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRules, match="通用指标的 classes 应为空"):
        read_indicator(path)
