"""Thresholds of monitoring: dated, cited, and refused with line and reason where they are wrong."""

import re
from datetime import date
from decimal import Decimal

import pytest

from gongzhi.core.monitoring import SIGNALS, Facts, Payment, Plan, day_of, not_judged, watch
from gongzhi.rules.entry import BadRules
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.folders import ROOM, USUAL
from gongzhi.rules.packs.monitoring import FILE, load_monitoring, monitoring_packs, read_monitoring
from gongzhi.words import say

GOOD = (ROOM / USUAL / FILE).read_text(encoding="utf-8")
SICHUAN = (ROOM / "sichuan-2025" / FILE).read_text(encoding="utf-8")


def test_sichuan_warns_by_four_months_and_at_ten_points():
    found = load_monitoring("sichuan-2025").in_force(date(2026, 1, 1))
    assert found["below_mark"].marks == {
        4: Decimal("0.25"), 6: Decimal("0.40"), 8: Decimal("0.60"), 10: Decimal("0.80"),
    }  # fmt: skip
    assert found["money_ahead"]["points"] == found["goals_ahead"]["points"] == Decimal("0.10")
    clocks = load_monitoring("sichuan-2025").clocks
    assert (clocks.answer, clocks.plan, clocks.visit_after) == (10, 15, 3)


def test_before_its_day_a_rule_leaves_the_older_one_in_force():
    rules = load_monitoring("sichuan-2025")
    assert rules.in_force(date(2024, 12, 31))["money_ahead"]["points"] == Decimal("0.20")
    assert "below_mark" not in rules.in_force(date(2024, 12, 31))


def test_a_pack_without_a_file_is_monitored_by_the_usual_thresholds():
    assert load_monitoring("hubei-20-80").pack == USUAL
    assert set(monitoring_packs()) <= set(PACKS)


@pytest.mark.parametrize("pack", monitoring_packs())
def test_every_threshold_says_where_it_was_read_and_none_claims_more(pack):
    rules = load_monitoring(pack)
    for rule in rules.rules:
        assert rule.source.zh
        assert re.search("[A-Za-z]{3}", rule.source.en)
        assert not rule.verified  # nobody here has read the texts themselves
        assert rules.rule_of(rule.clause) == rule
    assert not rules.clocks.verified
    assert rules.rule_of("nobody/knows@2020-01-01") is None


def test_only_what_has_no_usual_threshold_is_off():
    on = load_monitoring(USUAL).in_force(date(2026, 1, 1))
    assert {each.code for each in SIGNALS} - set(on) == {"below_mark", "payment_split"}


def test_an_amount_judges_money_of_its_own_currency_alone():
    day = day_of(load_monitoring(USUAL), today=date(2026, 6, 30))
    twice = tuple(
        Payment(date(2026, 5, day), Decimal(5000), "某公司", "", "30201", f"Z{day}")
        for day in (4, 6)
    )

    codes = {
        currency: {
            signal.code
            for signal in watch(
                Plan(project="P", year=2026, currency=currency),
                Facts(initial=Decimal(1_000_000), payments=twice),
                day=day,
            ).signals
        }
        for currency in ("元", "雷亚尔")
    }

    assert codes["元"] - codes["雷亚尔"] == {"payment_twice"}
    skipped = not_judged(day.rules, today=day.today, currency="雷亚尔")
    assert {watch.code for watch, _ in skipped} == {"payment_uncontracted", "payment_twice"}
    assert not not_judged(day.rules, today=day.today, currency="元")


SLIPS = [
    ("numbers = { points = 0.15 }", "numbers = { point = 0.15 }", "缺少 numbers.points"),
    ("numbers = { points = 0.15 }", "numbers = { points = 0.15, x = 1 }", "这里不能写 numbers.x"),
    ("numbers = { points = 0.15 }", "numbers = { points = -1 }", "numbers.points 应在"),
    ("numbers = { points = 0.15 }", "numbers = 0.15", "numbers 应为表"),
    ("numbers = { points = 0.15 }", 'marks = ["4: 0.2"]', "缺少 numbers"),
    ('days = 7 }\ncurrency = "CNY"', "days = 7 }", "缺少 currency"),
    ('days = 7 }\ncurrency = "CNY"', 'days = 7 }\ncurrency = "yuan"', "currency 只能是"),
    ("points = 0.15 }", 'points = 0.15 }\ncurrency = "CNY"', "这里不能写 currency"),
    ('code = "money_late"', 'code = "late_money"', "code 只能是"),
    ('code = "money_early"', 'code = "money_late"', "money_late 在同一天开始两次"),
    ('level = "yellow"', 'level = "amber"', "level 只能是"),
    ("from = 2020-02-25", "from = 2020-02-25\nuntil = 2019-01-01", "until 早于 from"),
    ('marks = ["6: 0.50", "9: 0.90"]', 'marks = ["6: 50"]', "marks 的每一项应写成"),
    ('marks = ["6: 0.50", "9: 0.90"]', 'marks = ["13: 0.5"]', "marks 的每一项应写成"),
    ('marks = ["6: 0.50", "9: 0.90"]', 'marks = ["9: 0.5", "6: 0.9"]', "marks 应逐月递增"),
    ('marks = ["6: 0.50", "9: 0.90"]', 'marks = ["6: 0.9", "9: 0.5"]', "marks 应逐月递增"),
    ('marks = ["6: 0.50", "9: 0.90"]', "marks = []", "marks 为空"),
    ("rounds = [2, 4, 6, 8, 10, 12]", "rounds = [4, 2]", "rounds 应逐月递增"),
    ("rounds = [2, 4, 6, 8, 10, 12]", "rounds = [0]", "应在 1 与 12 之间"),
    ("rounds = [2, 4, 6, 8, 10, 12]", "rounds = 4", "rounds 应为数字的列表"),
    ("answer_working_days = 10", "answer_working_days = 0", "answer_working_days 应在"),
    ("part = 0.7", "part = 7", "part 应在"),
    ("verified = false", "verified = false\nread = true", "这里不能写 read"),
    ("level = 0.80", "level = 80", "level 应在"),
]


def refused(folder, text: str, *, name: str = "place") -> BadRules:
    path = folder / name / FILE
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRules) as caught:
        read_monitoring(path)
    assert "{" not in say(caught.value.reason, "en")
    return caught.value


@pytest.mark.parametrize(("good", "bad", "reason"), SLIPS)
def test_a_slip_is_refused_with_its_reason(tmp_path, good, bad, reason):
    assert good in GOOD
    assert reason in str(refused(tmp_path, GOOD.replace(good, bad, 1)))


def test_the_line_is_the_one_with_the_slip(tmp_path):
    text = GOOD.replace("numbers = { points = 0.15 }", "numbers = { point = 0.15 }", 1)
    assert text.splitlines()[refused(tmp_path, text).line - 1] == "numbers = { point = 0.15 }"


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (SICHUAN, USUAL, "based_on 不能是它自己"),
        (SICHUAN.replace("mof-2020-10", "sichuan-2025"), "place", "自己又建立在别的规则上"),
        (SICHUAN.replace("mof-2020-10", "hubei-20-80"), "place", "based_on 只能是"),
        (SICHUAN.replace("title =", 'off = ["below_mark"]\ntitle =', 1), "place", "本来就没有"),
    ],
)
def test_what_a_file_builds_on_stands_by_itself(tmp_path, text, name, reason):
    assert reason in str(refused(tmp_path, text, name=name))


def test_a_place_switches_off_what_it_doesnt_want(tmp_path):
    path = tmp_path / "place" / FILE
    path.parent.mkdir()
    path.write_text(SICHUAN.replace("title =", 'off = ["silence"]\ntitle =', 1), encoding="utf-8")
    found = read_monitoring(path)
    assert "silence" not in found.in_force(date(2026, 1, 1))
    assert "overspend" in found.in_force(date(2026, 1, 1))
