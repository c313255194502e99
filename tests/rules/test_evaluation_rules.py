"""Rules of evaluation: whole, cited, and refused with line and reason where they are wrong."""

import re

import pytest

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.rules import Scope
from gongzhi.rules.entry import BadRules
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.evaluation import FILE, evaluation_packs, load_evaluation, read_evaluation
from gongzhi.rules.packs.folders import ROOM, USUAL
from gongzhi.words import say

GOOD = (ROOM / USUAL / FILE).read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def test_a_pack_without_a_file_is_evaluated_by_the_usual_rules():
    assert load_evaluation("hubei-20-80").pack == USUAL
    assert set(evaluation_packs()) <= set(PACKS)


@pytest.mark.parametrize("pack", evaluation_packs())
def test_output_and_benefit_weigh_at_least_sixty(pack):
    weights = load_evaluation(pack).frames["project"].weights_by_level1()
    assert weights["产出"] + weights["效益"] >= 60
    assert sum(weights.values()) == 100


@pytest.mark.parametrize("pack", evaluation_packs())
def test_nothing_claims_to_have_been_read_and_all_is_in_both_languages(pack):
    rules = load_evaluation(pack)
    cited = [rules.apart.cited, rules.independence.cited, rules.sampling.cited]
    cited += [kind.cited for kind in rules.kinds]
    assert not any(each.verified for each in cited)
    assert not any(frame.verified for frame in rules.frames.values())
    lines = [line for frame in rules.frames.values() for line in frame.lines]
    texts = [each.text for each in cited]
    texts += [text for line in lines for text in (line.name, line.criterion, line.evidence)]
    assert all(CHINESE.search(text.zh) and not CHINESE.search(text.en) for text in texts)


def test_social_organisations_and_citizens_evaluate_and_weigh():
    rules = load_evaluation(USUAL)
    for party in (PartyKind.SOCIAL, PartyKind.CITIZEN):
        assert all(kind.weight > 0 for kind in rules.open_to(party))
        assert rules.open_to(party)
    assert not rules.open_to(PartyKind.CONGRESS)  # deputies don't score projects beside others
    assert not rules.open_to(PartyKind.AUDIT)


def test_the_weights_of_a_scope_make_the_whole():
    for scope in Scope:
        assert sum(load_evaluation(USUAL).panel(scope).weights.values()) == 1


def test_kinds_and_frames_are_found_by_their_code():
    rules = load_evaluation(USUAL)
    assert rules.kind("nobody") is None
    assert rules.frame_of("nobody") is None
    assert rules.frame_of("self") is None  # a self-evaluation brings its own form
    assert rules.frame_of("finance").line("executed").name.zh == "预算执行率"
    assert rules.frame_of("finance").line("nobody") is None


SLIPS = [
    ('absent = "in_proportion"', 'absent = "away"', "absent 只能是"),
    ("weight = 0.20\nframe", "weight = 0.21\nframe", "各类评价的权重合计 1.01，应为 1"),
    ('code = "finance"', 'code = "department"', "代码 department 出现两次"),
    ('parties = ["social"]', 'parties = ["visitor"]', "visitor 不是参与方的类别"),
    ('frame = "citizens"\ncuts', 'frame = "citizen"\ncuts', "frame 只能是"),
    ("cuts = false", "cuts = 0", "cuts 应为 true 或 false"),
    ('frame = "citizens"\ncode', 'frame = "citizen"\ncode', "权重合计 50，应为 100"),
    ('code = "goals"', 'code = "grounds"', "代码 grounds 出现两次"),
    ("weight = 4\nhow", "weight = 5\nhow", "权重合计 101，应为 100"),
    ("results_least = 60", "results_least = 61", "results 的权重合计 60，少于 results_least"),
    ('results = ["产出", "效益"]', 'results = ["效果"]', "results 中的 效果 不是一级指标"),
    ('how = "executed"', 'how = "guessed"', "how 只能是"),
    ("sizes = [1000000, 10000000]", "sizes = [10000000, 1000000]", "sizes 应逐个递增"),
    ("accept = 5,", "accepts = 5,", "缺少 days.accept"),
    ("again_years = 3", "again_years = -1", "again_years 应在"),
    ("[sampling]", "[sampling]\nread_by = 1", "这里不能写 read_by"),
]


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_its_line_and_reason(tmp_path, good, bad, reason):
    path = tmp_path / USUAL / FILE
    path.parent.mkdir()
    assert good in GOOD
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BadRules) as found:
        read_evaluation(path)
    assert reason in say(found.value.reason, "zh")
    assert found.value.line >= 1
    assert not CHINESE.search(re.sub("“[^”]*”|效果", "", say(found.value.reason, "en")))
