"""What the reader understands of words, numbers and lines, as tables that officials can read."""

from decimal import Decimal

import pytest

from gongzhi.core.terms import Where
from gongzhi.papers.reader.amounts import amount, number, points, points_in_brackets, unit_in
from gongzhi.papers.reader.levels import indicator_name, level_name, level_points, split_levels
from gongzhi.papers.reader.meaning import field_of, indicator_role, is_total, money_role
from gongzhi.papers.reader.notes import weight_rule
from gongzhi.papers.reader.pairs import pairs_in_line
from gongzhi.papers.reader.printed import bare, is_nothing, line, measure, passage
from gongzhi.papers.reader.prose import told_in
from gongzhi.papers.reader.titles import is_form_title, year_in


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("10", "10"),
        ("１０．５", "10.5"),
        ("23,333.56", "23333.56"),
        ("-3", "-3"),
        ("¥20", "20"),
        ("", None),
        ("10分", None),
        ("约10", None),
        ("1.2.3", None),
        ("1e5", None),
        ("十", None),
    ],
)
def test_a_number_is_the_whole_text(printed: str, meant: str | None) -> None:
    assert number(printed) == (None if meant is None else Decimal(meant))


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("10", "10"), ("10分", "10"), ("（10）", "10"), ("10%", "10"), ("优", None), ("—", None)],
)
def test_points_may_carry_their_word(printed: str, meant: str | None) -> None:
    assert points(printed) == (None if meant is None else Decimal(meant))


@pytest.mark.parametrize(
    ("printed", "unit", "yuan"),
    [
        ("238.93", "万元", "2389300.00"),
        ("387664.62", "元", "387664.62"),
        ("100万元", "元", "1000000.00"),
        ("6923.3552万元（其中：上级6923万元）", None, "69233552.00"),
        ("1.2亿元", "万元", "120000000.00"),
        ("1,437", "万元", "14370000.00"),
        ("０", "万元", "0.00"),
        ("0.000049", "万元", "0.49"),
        ("—", "万元", None),
        ("75%", "万元", None),
        ("无", "万元", None),
        ("3处", "万元", None),
    ],
)
def test_money_becomes_yuan_with_two_decimals(
    printed: str, unit: str | None, yuan: str | None
) -> None:
    assert amount(printed, unit=unit) == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("产出指标（50分）", "50"),
        ("产出指标(50)", "50"),
        ("得分\n（20分*执行率）", "20"),
        ("（10%）", "10"),
        ("成本指标（0-20）分", None),
        ("产出指标", None),
        ("执行率（B/A）", None),
    ],
)
def test_points_in_brackets(printed: str, found: str | None) -> None:
    assert points_in_brackets(printed) == (None if found is None else Decimal(found))


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("项目资金\n（万元）", "万元"),
        ("金额单位：元", "元"),
        ("（单位：万元）", "万元"),
        ("人均（元/人）", None),
        ("实施单位：某局", None),
        ("（人民币万元）", "万元"),
        ("亿元", None),
    ],
)
def test_the_unit_of_money_that_a_label_states(printed: str, unit: str | None) -> None:
    assert unit_in(printed) == unit


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("年初预算数（A）", "年初预算数"),
        (" 实 施 单 位（盖章）：", "实施单位"),
        ("*年度绩效\n总目标", "年度绩效总目标"),
        ("1.项目年度目标完成情况", "项目年度目标完成情况"),
        ("二、预算执行情况", "预算执行情况"),
        ("其中：财政拨款", "其中:财政拨款"),
        ("没有括号（结束", "没有括号"),
        ("长" * 50, ""),
    ],
)
def test_what_a_label_is_called(printed: str, name: str) -> None:
    assert bare(printed) == name


@pytest.mark.parametrize(
    "printed", ["", " ", "/", "—", "——", "-", "--", "一", "／", "……", "…", "－"]
)
def test_marks_that_say_nothing(printed: str) -> None:
    assert is_nothing(printed)


@pytest.mark.parametrize("printed", ["0", "无", "一般", "十一", "是", "-1"])
def test_marks_that_say_something(printed: str) -> None:
    assert not is_nothing(printed)


def test_broken_lines_are_joined_and_passages_keep_theirs() -> None:
    assert line("居民\n健康 档案 A\nB") == "居民健康档案A B"
    assert passage("目标1：\n  改造  ２处\n\n") == "目标1：\n改造2处"
    assert measure("＞＝ ２０,０００ 人") == "≥20000人"
    assert measure("1,2,3") == "1,2,3"


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("三级指标", "level3"),
        ("年度\n指标值", "target"),
        ("预期指标值", "target"),
        ("计划完成值", "target"),
        ("全年实际完成值", "actual"),
        ("1-6月执行情况", "actual"),
        ("实现值", "actual"),
        ("标准分", "weight"),
        ("分值（权重）", "weight"),
        ("自评得分", "score"),
        ("折算得分", "converted"),
        ("得分说明", "remark"),
        ("未完成原因及拟采取的改进措施", "reason"),
        ("得分计算方法", "ignored"),
        ("财政复核得分", "ignored"),
        ("完成目标可能性（确定能、有可能）", "possibility"),
        ("全年预计完成情况", "forecast"),
        ("度量单位", "unit"),
        ("指标性质", "sign"),
        ("指标解释", "ignored"),
        ("发放覆盖率", None),
        ("已完成改造两处，验收合格，群众满意，资金使用规范。", None),
    ],
)
def test_what_a_column_of_indicators_holds(head: str, role: str | None) -> None:
    assert indicator_role(head) == role


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("年初预算数", "initial"),
        ("全年（调整）预算数", "adjusted"),
        ("调整后预算数", "adjusted"),
        ("预算数（A）", "budget"),
        ("全年执行数（B）", "executed"),
        ("1-6月执行数", "executed"),
        ("全年预计执行数", "forecast"),
        ("预算执行率", "rate"),
        ("执行率权重", "weight"),
        ("执行率得分", "score"),
        ("全年到位资金（D）", "ignored"),
        ("得分计算方法", "ignored"),
        ("资金使用单位", None),
    ],
)
def test_what_a_column_of_money_holds(head: str, role: str | None) -> None:
    assert money_role(head) == role


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("项目名称", "project"),
        ("转移支付（项目）名称", "project"),
        ("主管部门及代码", "department"),
        ("资金使用单位", "unit"),
        ("项目负责人：", "other"),
        ("年度总体目标", "goal"),
        ("实际完成情况", "goal_actual"),
        ("自评总分（分）", "stated_total"),
        ("财政部门绩效评价股\n审核意见（盖章）", "tail"),
        ("学校食堂改造", None),
    ],
)
def test_what_a_label_stands_for(label: str, field: str | None) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("printed", "name", "stated"),
    [
        ("产出指标\n（50分）", "产出指标", "50"),
        ("一、产出指标（50分）", "产出指标", "50"),
        ("成本指标（0-20）分", "成本指标", None),
        ("效益指标30分", "效益指标", "30"),
        ("满意度指标", "满意度指标", None),
        ("……", None, None),
    ],
)
def test_headings_of_level_1(printed: str, name: str | None, stated: str | None) -> None:
    assert level_name(printed) == name
    assert level_points(printed) == (None if stated is None else Decimal(stated))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("指标1：居民健康档案", "居民健康档案"),
        ("指标 12、访视数", "访视数"),
        ("指标3：", None),
        ("指标2", None),
        ("★★★农村低保发放人数（按月平均）（≥**人）", "农村低保发放人数（按月平均）"),
        ("扶贫临时救助标准（<**元/户·年）——一户年最高5300元", "扶贫临时救助标准——一户年最高5300元"),
        ("……", None),
        ("指标完成率", "指标完成率"),
    ],
)
def test_names_of_indicators(printed: str, name: str | None) -> None:
    assert indicator_name(printed) == name


def test_levels_written_into_one_cell_are_told_apart() -> None:
    assert split_levels("产出指标-数量指标-培训人数") == ("产出指标", "数量指标", "培训人数")
    assert split_levels("数量指标/培训人数") == (None, "数量指标", "培训人数")
    assert split_levels("0-6岁儿童健康管理数") == (None, None, "0-6岁儿童健康管理数")


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效自评表",
        "2022年度新增专项债券项目绩效自评表",
        "（临时救助）绩效目标自评表",
        "财政项目支出绩效目标审批表",
        "黄石市项目支出绩效监控表",
        "《部门整体支出绩效自评表》",
        "部门整体绩效目标",
        "省级部门预算项目支出绩效目标表",
    ],
)
def test_titles_of_forms(title: str) -> None:
    assert is_form_title(title)


@pytest.mark.parametrize(
    "text", ["项目名称", "年度绩效目标", "收入支出决算总表", "自评表", "绩效" * 40]
)
def test_what_is_no_title(text: str) -> None:
    assert not is_form_title(text)


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["项目支出绩效自评表", "（2023年度）"], 2023),
        (["2020年度水土保持项目绩效自评表"], 2020),
        (["（2021年）"], 2021),
        (["二〇二三年度项目绩效自评表"], 2023),
        (["填报日期：2021年4月22日"], None),
        (["项目支出绩效自评表"], None),
        (["2021年度决算", "2022年度绩效自评表", "单位：某局"], 2022),
        (["某县水利局　2022年12月30日"], None),
    ],
)
def test_the_year_above_a_form(lines: list[str], year: int | None) -> None:
    assert year_in(lines) == year


def test_labels_within_a_line_and_their_values() -> None:
    found = pairs_in_line("\t单位名称：区商务局\t填报日期：2021年4月22日", Where())

    assert [(pair.field, pair.value) for pair in found] == [
        ("unit", "区商务局"), ("other", "2021年4月22日"),
    ]  # fmt: skip


def test_a_note_fixes_points_only_where_it_leaves_no_choice() -> None:
    fixed = (
        "注：1.一级指标分值统一为：产出指标50分、效益指标30分、满意度指标10分、"
        "预算资金执行率10分；其他。"
    )
    loose = "一级指标权重原则上统一设置为：产出指标50%、效益指标30%、满意度10%、预算执行率10%。"

    assert weight_rule([fixed]) == {
        "产出指标": 50, "效益指标": 30, "满意度指标": 10, "预算执行率": 10,
    }  # fmt: skip
    assert weight_rule([loose]) == {}
    assert weight_rule(["得分不超过分值。"]) == {}


def test_a_report_tells_in_sentences_what_its_table_has_no_cells_for() -> None:
    told = told_in(
        [
            "2021年动物防疫补助经费项目支出绩效自评报告",
            "主管部门为某县农业农村局，实施单位为某乡人民政府，补助经费9.55万元。",
            "自评得分为98.5分，自评等级为良好。",
        ]
    )

    assert told.fields == {
        "project": "2021年动物防疫补助经费", "department": "某县农业农村局", "unit": "某乡人民政府",
    }  # fmt: skip
    assert told.fund is not None
    assert str(told.fund.adjusted) == "95500.00"
    assert (str(told.total), told.grade, told.money_unit) == ("98.5", "良好", "万元")


def test_the_row_of_totals_is_known_by_its_words() -> None:
    assert is_total("总  分")
    assert is_total("合计：98")
    assert not is_total("合格率")
