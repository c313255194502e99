"""Rules for the use of results: whole, cited, and refused where they contradict themselves."""

import re

import pytest

from gongzhi.rules.entry import BadRules
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import ROOM, USUAL
from gongzhi.rules.packs.results import FILE, load_results, read_results, result_packs
from gongzhi.words import say

GOOD = (ROOM / USUAL / FILE).read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u3400-\u9fff]")
CLAUSES = re.compile(r'^number = "([0-9.]+)"', re.MULTILINE)


def numbers_of_the_charter():
    folder = ROOM.parent / "charter" / "clauses"
    return {
        number
        for path in folder.glob("*.toml")
        for number in CLAUSES.findall(path.read_text(encoding="utf-8"))
    }


def test_a_pack_without_a_file_uses_the_usual_rules():
    assert load_results("hubei-20-80").pack == USUAL


@pytest.mark.parametrize("pack", result_packs())
def test_every_effect_names_a_clause_of_the_charter_and_claims_no_reading(pack):
    rules = load_results(pack)
    effects = [*rules.grades.values(), *rules.executions, rules.rectification, rules.duties]
    effects += rules.institutions.values()
    assert {each.clause for each in effects} <= numbers_of_the_charter()
    assert not any(each.cited.verified for each in effects)
    for each in effects:
        assert CHINESE.search(each.cited.text.zh)
        assert not CHINESE.search(each.cited.text.en)


def test_independence_stands_on_clauses_of_the_charter():
    clauses = load_evaluation(USUAL).independence.clauses
    assert set(clauses.values()) <= numbers_of_the_charter()


SLIPS = [
    ('grade = "良"', 'grade = "好"', "等级应依次为 优、良、中、差"),
    ('grade = "良"', 'grade = "优"', "代码 优 出现两次"),
    ("cut = 0.10", "cut = 1.10", "cut 应在 0 与 1 之间"),
    ('use = "keep"\ncut = 0', 'use = "keep"\ncut = 0.2', "等级越低，扣减不应越少"),
    ('use = "keep"', 'use = "give"', "use 只能是"),
    ("below = 0.60", "below = 0.90", "below 应逐个递增"),
    ("below = 0.60\ncut = 0.10", "below = 0.60\ncut = 0.01", "执行率越高，扣减不应越多"),
    ("share = 0.60", "share = 0.50", "share 合计 0.9，应为 1"),
    ("floor = 0.60, full", "floor = 0.95, full", "quality 的 full 必须大于 floor"),
    ("floor = 0.60, full", "flor = 0.60, full", "缺少 quality.floor"),
    ("each = 0.03", "every = 0.03", "缺少 each"),
    ("decision_working_days = 20", "decision_working_days = 0", "decision_working_days 应在"),
    ("[duties]", "[duties]\nread_by = 1", "这里不能写 read_by"),
]


def test_a_folder_that_is_no_pack_is_refused(tmp_path):
    path = tmp_path / "nowhere" / FILE
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadRules, match="不是规则包"):
        read_results(path)


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_its_line_and_reason(tmp_path, good, bad, reason):
    path = tmp_path / USUAL / FILE
    path.parent.mkdir()
    assert good in GOOD
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BadRules) as found:
        read_results(path)
    assert reason in say(found.value.reason, "zh")
    assert say(found.value.reason, "en") != say(found.value.reason, "zh")
