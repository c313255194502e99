"""A bad pack is refused with file, line and reason."""

from pathlib import Path

import pytest

from gongzhi.rules.entry import BadRules
from gongzhi.rules.packs import load_pack
from gongzhi.rules.packs.folders import ROOM
from gongzhi.rules.packs.loading import FILE
from gongzhi.words import say

GOOD = (ROOM / "mof-2020-10" / FILE).read_text(encoding="utf-8")
# What is written instead of what, and what the refusal says.
SLIPS = [
    ('name = "mof-2020-10"', 'name = "mof-2020"', "name 应与文件夹同名"),
    ('name = "mof-2020-10"', "name = 2020", "name 应为文字"),
    ('name = "mof-2020-10"', 'name = ""', "name 为空"),
    ("in_force_from = 2020-02-25", 'in_force_from = "2020"', "in_force_from 应为日期"),
    ("in_force_from = 2020-02-25", "in_force_from = 2020-02-25T08:00:00", "in_force_from 应为日期"),
    ("in_force_from = 2020-02-25", "in_force_form = 2020-02-25", "缺少 in_force_from"),
    ("verified = true", "verified = 1", "verified 应为 true 或 false"),
    ("over_achievement_max = 0.30", "over_achievement_max = -0.30", "over_achievement_max 应在"),
    ("over_achievement_max = 0.30", "over_achievement_max = nan", "over_achievement_max 应为数字"),
    (
        "over_achievement_max = 0.30",
        'over_achievement_max = "30%"',
        "over_achievement_max 应为数字",
    ),
    ("over_achievement_max = 0.30", "over_achievement_max = true", "over_achievement_max 应为数字"),
    ('less_is_better = ["成本"]', "less_is_better = [1]", "less_is_better 应为文字列表"),
    ('less_is_better = ["成本"]', 'less_is_better = ["成本", "成本"]', "less_is_better 中有重复"),
    ("default = true", "defualt = true", "这里不能写 defualt"),
    ("[execution]\nweight = 10", "[execution]\nweight = 20", "权重合计 110"),
    ("[execution]\nweight = 10", "[execution]\nweight = 101", "weight 应在 0 与 100 之间"),
    ('denominator = "adjusted_budget"', 'denominator = "budget"', "denominator 只能是"),
    ('method = "proportional"', 'method = "eval"', "method 只能是"),
    ('method = "proportional"', 'method = "pass_line"', "缺少 pass_line"),
    ('method = "proportional"', 'method = "pass_line"\npass_line = 1', "pass_line 必须小于 1"),
    ('method = "proportional"', 'method = "banded"\nsteps = ["0.9"]', "steps 的每一档应写成"),
    ('method = "proportional"', 'method = "banded"\nsteps = ["0.9: 2"]', "steps 的每一档应写成"),
    ('also = ["产出", ', 'also = ["效益", ', "一级指标“效益”出现两次"),
    ("weight = 50", "weight = 40", "权重合计 90，应为 100"),
    ('degree = "part"', 'degree = "half"', "degree 只能是"),
    ('degree = "part"', 'degree = "full"', "三档应依次为"),
    ("low = 0.60\nhigh = 0.80", "low = 0.80\nhigh = 0.60", "high 必须大于 low"),
    ("low = 0.60\nhigh = 0.80", "low = 0.60\nhigh = 0.70", "high 应接上一档"),
    ("low = 0.00", "low = 0.10", "最低一档应到 0"),
    ('name = "良"', 'name = "优"', "等级“优”出现两次"),
    ("least = 80", "least = 95", "least 应低于上一等级"),
    ('name = "差"\nleast = 0', 'name = "差"\nleast = 10', "最低的等级应从 0 分起"),
    ("[cited.bands]", "[cited.belts]", "缺少 bands"),
    ("[cited.weights]", "[cited.weights]\nread_by = 1", "这里不能写 read_by"),
]


def refused(folder: Path, text: str, *, name: str = "mof-2020-10") -> BadRules:
    """The refusal of a pack with that text."""
    path = folder / name / FILE
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRules) as caught:
        load_pack(path)
    assert str(caught.value).startswith(f"{path}:{caught.value.line}: ")
    return caught.value


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_its_reason(tmp_path, good, bad, reason):
    assert GOOD.count(good) >= 1
    text = GOOD.replace(good, bad, 1)
    assert reason in str(refused(tmp_path, text))


@pytest.mark.parametrize(
    ("good", "bad", "line_of"),
    [
        ("least = 80", "least = 95", "least = 95"),
        ("low = 0.60\nhigh = 0.80", "low = 0.60\nhigh = 0.70", "high = 0.70"),
        ("weight = 50", 'weight = "50"', 'weight = "50"'),
        ("default = true", "defualt = true", "defualt = true"),
        ("[cited.grades]\ntext = {", "[cited.grades]\ntext = { en = '', ", "text = { en"),
    ],
)
def test_the_line_is_the_one_with_the_slip(tmp_path, good, bad, line_of):
    text = GOOD.replace(good, bad, 1)
    refusal = refused(tmp_path, text)
    assert text.splitlines()[refusal.line - 1].startswith(line_of)


def test_an_end_before_the_beginning_is_refused(tmp_path):
    text = GOOD.replace("verified = true", "in_force_until = 2019-01-01\nverified = true", 1)
    assert "in_force_until 早于 in_force_from" in str(refused(tmp_path, text))


def test_a_pack_is_not_verified_when_its_weights_are_not(tmp_path):
    weights = 'published forms" }\nverified = true'
    assert weights in GOOD
    text = GOOD.replace(weights, weights.replace("true", "false"), 1)
    assert "权重没有核对过" in str(refused(tmp_path, text))


def test_broken_toml_is_refused_with_its_line(tmp_path):
    text = GOOD.replace("verified = true", "verified = true true", 1)
    refusal = refused(tmp_path, text)
    assert "verified = true true" in text.splitlines()[refusal.line - 1]


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRules, match="不是 UTF-8"):
        load_pack(tmp_path / FILE)


def test_a_pack_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadRules, match="读不出来"):
        load_pack(tmp_path / FILE)


def test_a_refusal_speaks_both_languages(tmp_path):
    refusal = refused(tmp_path, GOOD.replace("least = 80", "least = 95", 1))
    assert say(refusal.reason, "en") == "least must be below the grade above"
