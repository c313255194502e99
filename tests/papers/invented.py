"""Invented layouts with known values: families that places really use, none of them published.

Every form is about the same school canteen, so that only the layout differs.
"""

from dataclasses import dataclass, field
from typing import Any

from papers.sketches import Sketch, sketch

Row = tuple[Any, ...]  # level1, level2, level3, target, actual, weight, score, reason


@dataclass(frozen=True)
class Invented:
    """A layout and what a reader must find in it."""

    name: str
    drawn: Sketch
    fields: dict[str, Any]
    rows: tuple[Row, ...]
    long_term: tuple[Row, ...] = ()
    flat: bool = True  # whether the layout can be read without its spans, as in csv
    possibilities: tuple[str, ...] = field(default=())


P, D, U = "学校食堂改造", "某县教育局", "某县第一小学"
NAMES = {"project": P, "department": D, "unit": U}
TITLE = "项目支出绩效自评表\n（2023年度）"

SHANGHAI = Invented(
    "yuan, A and B, no section cells, total row in the middle of columns",
    sketch(
        """
        项目名称 | 学校食堂改造 | < | < | < | < | < | <
        主管部门 | 某县教育局 | < | < | 实施单位 | 某县第一小学 | < | <
        项目资金（元） | 年初预算数 | 全年预算数（A） | < | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
        年度资金总额 | 1000000 | 1,200,000.00 | < | 900,000.50 | 10 | 75.00% | 7.5
        其中：当年财政拨款 | 1000000 | 1,000,000 | < | 700,000.50 | - | - | -
        上年结转资金 | 0 | 200,000 | < | 200,000 | - | - | -
        年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
        ^ | 改造食堂两处 | < | < | 改造食堂一处 | < | < | <
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
        产出指标 | 数量指标 | 改造食堂数量 | ≥2处 | 1处 | 50 | 25 | 雨季停工
        效益指标 | 社会效益指标 | 受益学生人数 | ≥800人 | 820人 | 30 | 30 |
        满意度指标 | 服务对象满意度指标 | 学生满意度 | ≥90% | 95% | 10 | 10 |
        总分 | < | < | < | < | 100 | 72.5 |
        """,
        above="某市财政项目支出绩效自评表\n（2023年度）",
    ),
    {
        **NAMES, "form_type": "self_evaluation", "fiscal_year": 2023, "money_unit": "元",
        "budget_initial": "1000000.00", "budget_adjusted": "1200000.00", "executed": "900000.50",
        "execution_rate_text": "75.00%", "execution_weight": "10", "execution_score": "7.5",
        "goal_text": "改造食堂两处", "goal_actual_text": "改造食堂一处", "stated_total": "72.5",
        "total_weight": "100", "has_total_row": True, "layout": "std2020",
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "≥2处", "1处", "50", "25", "雨季停工"),
        ("效益指标", "社会效益指标", "受益学生人数", "≥800人", "820人", "30", "30", None),
        ("满意度指标", "服务对象满意度指标", "学生满意度", "≥90%", "95%", "10", "10", None),
    ),
)  # fmt: skip

LABELS_ONLY = Invented(
    "money in labels and values, weights in per cent, reasons called 扣分原因",
    sketch(
        """
        项目名称 | 学校食堂改造 | < | 项目类型 | 一次性 | <
        主管单位 | 某县教育局 | < | 项目承担单位 | 某县第一小学 | <
        预算资金 | 120万元 | 实际支出 | 90.5万元 | 预算执行率 | 75.42%
        绩效目标 | 改造食堂两处 | < | < | < | <
        目标完成情况 | 改造食堂一处 | < | < | < | <
        自评得分 | 88.5分 | < | 自评等级 | 良 | <
        指标类别 | 指标名称 | 目标值 | 完成值 | 权重（%） | 自评得分
        数量指标 | 改造食堂数量 | 2处 | 1处 | 50% | 38.5
        质量指标 | 验收合格率 | 100% | 100% | 50% | 50
        """,
        above="2022年度财政资金绩效自评表",
    ),
    {
        **NAMES, "form_type": "self_evaluation", "fiscal_year": 2022, "money_unit": "万元",
        "budget_initial": None, "budget_adjusted": "1200000.00", "executed": "905000.00",
        "execution_rate_text": "75.42%", "goal_text": "改造食堂两处",
        "goal_actual_text": "改造食堂一处", "stated_total": "88.5", "stated_grade": "良",
        "has_total_row": False,
    },
    (
        (None, "数量指标", "改造食堂数量", "2处", "1处", "50", "38.5", None),
        (None, "质量指标", "验收合格率", "100%", "100%", "50", "50", None),
    ),
)  # fmt: skip

THREE_ROWS = Invented(
    "header over three rows, target in sign, value and unit below one head",
    sketch(
        """
        项目名称 | < | < | 学校食堂改造 | < | < | < | < | < | <
        主管部门 | < | < | 某县教育局 | < | < | 实施单位 | < | 某县第一小学 | <
        绩效指标 | < | < | 年度指标值 | < | < | 自评情况 | < | < | 备注
        一级//指标 | 二级//指标 | 三级//指标 | 符号 | 值 | 单位 | 完成值 | 分值 | 得分 | ^
        ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^
        产出指标 | 数量指标 | 改造食堂数量 | ≥ | 2 | 处 | 1 | 60 | 30 | 雨季停工
        ^ | 时效指标 | 完工时间 | | 9月底前 | | 10月 | 30 | 20 | 雨季停工
        满意度指标 | 满意度指标 | 学生满意度 | ≥ | 90 | % | 95 | 10 | 10 |
        """,
        above=TITLE,
    ),
    {**NAMES, "form_type": "self_evaluation", "fiscal_year": 2023, "budget_adjusted": None},
    (
        ("产出指标", "数量指标", "改造食堂数量", "≥2处", "1", "60", "30", "雨季停工"),
        ("产出指标", "时效指标", "完工时间", "9月底前", "10月", "30", "20", "雨季停工"),
        ("满意度指标", "满意度指标", "学生满意度", "≥90%", "95", "10", "10", None),
    ),
    flat=False,
)

SECTION_ROWS = Invented(
    "levels as rows of their own, points in the heading",
    sketch(
        """
        项目名称 | 学校食堂改造 | < | < | < | <
        主管部门 | 某县教育局 | < | 实施单位 | 某县第一小学 | <
        指标名称 | 计划值 | 实现值 | 标准分 | 评分 | 未完成原因
        一、产出指标（60分） | < | < | < | < | <
        （一）数量指标 | < | < | < | < | <
        改造食堂数量 | 2处 | 1处 | 40 | 20 | 雨季停工
        （二）质量指标 | < | < | < | < | <
        验收合格率 | 100% | 100% | 20 | 20 |
        二、满意度指标（40分） | < | < | < | < | <
        学生满意度 | ≥90% | 95% | 40 | 40 |
        合计 | | | 100 | 80 |
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "stated_total": "80", "total_weight": "100",
        "level1_weights": {"产出指标": "60", "满意度指标": "40"},
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "40", "20", "雨季停工"),
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", "20", "20", None),
        ("满意度指标", None, "学生满意度", "≥90%", "95%", "40", "40", None),
    ),
)  # fmt: skip

JOINED_LEVELS = Invented(
    "levels joined in one cell",
    sketch(
        """
        项目名称 | 学校食堂改造 | < | < | <
        主管部门 | 某县教育局 | 实施单位 | 某县第一小学 | <
        绩效指标 | 预期指标值 | 全年完成情况 | 指标分值 | 得分
        产出指标-数量指标-改造食堂数量 | 2处 | 1处 | 60 | 30
        效益指标-社会效益指标-受益学生人数 | ≥800人 | 820人 | 40 | 40
        """,
        above=TITLE,
    ),
    {**NAMES, "form_type": "self_evaluation"},
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "60", "30", None),
        ("效益指标", "社会效益指标", "受益学生人数", "≥800人", "820人", "40", "40", None),
    ),
)

UNNAMED_LEVELS = Invented(
    "three levels below one head without names of their own",
    sketch(
        """
        项目名称 | < | < | 学校食堂改造 | < | < | <
        项目单位 | < | < | 某县第一小学 | < | < | <
        绩效指标 | < | < | 绩效目标值 | 实际达到值 | 权重 | 得分
        产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 60 | 30
        ^ | 质量指标 | 验收合格率 | 100% | 100% | 20 | 20
        效益指标 | 社会效益 | 受益学生人数 | ≥800人 | 820人 | 20 | 20
        """,
        above=TITLE,
    ),
    {"project": P, "department": None, "unit": U, "form_type": "self_evaluation"},
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "60", "30", None),
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", "20", "20", None),
        ("效益指标", "社会效益", "受益学生人数", "≥800人", "820人", "20", "20", None),
    ),
)

TWO_TERMS = Invented(
    "goals asked for: medium term and year side by side",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | <
        主管部门及代码 | < | 某县教育局 | < | 实施单位 | < | 某县第一小学 | <
        项目属性 | < | 新增项目 | < | 项目期 | < | 3年 | <
        项目资金//（万元） | < | 中期资金总额： | 300 | < | 年度资金总额： | 120 | <
        ^ | < | 其中：财政拨款 | 300 | < | 其中：财政拨款 | 120 | <
        ^ | < | 其他资金 | 0 | < | 其他资金 | 0 | <
        总体//目标 | 中期目标（2023年—2025年） | < | < | 年度目标 | < | < | <
        ^ | 改造食堂六处 | < | < | 改造食堂两处 | < | < | <
        绩效//指标 | 一级//指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
        ^ | 产出//指标 | 数量指标 | 指标1：改造食堂数量 | ≥6处 | 数量指标 | 指标1：改造食堂数量 | ≥2处
        ^ | ^ | 质量指标 | 指标1：验收合格率 | 100% | 质量指标 | 指标1：验收合格率 | 100%
        ^ | ^ | ^ | …… | | ^ | …… |
        ^ | 满意度//指标 | 服务对象满意度指标 | 指标1： | | 服务对象满意度指标 | 指标1：学生满意度 | ≥90%
        """,
        above="项目支出绩效目标申报表\n（2023年度）",
    ),
    {
        **NAMES, "form_type": "goal", "fiscal_year": 2023, "money_unit": "万元",
        "budget_initial": "1200000.00", "goal_text": "改造食堂两处", "budget_adjusted": None,
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "≥2处", None, None, None, None),
        ("产出指标", "质量指标", "验收合格率", "100%", None, None, None, None),
        ("满意度指标", "服务对象满意度指标", "学生满意度", "≥90%", None, None, None, None),
    ),
    long_term=(
        ("产出指标", "数量指标", "改造食堂数量", "≥6处", None, None, None, None),
        ("产出指标", "质量指标", "验收合格率", "100%", None, None, None, None),
    ),
    flat=False,
)  # fmt: skip

MONITORING = Invented(
    "monitoring: likelihood in three columns to tick, reasons in groups",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | < | < | < | < | < | <
        主管部门 | < | 某县教育局 | < | < | < | 实施单位 | < | 某县第一小学 | < | < | < | <
        项目资金（万元） | < | | 年初预算数 | < | 1~7月执行数 | < | 1~7月执行率 | < | 全年预计执行数 | < | < | <
        ^ | < | 年度资金总额 | 120 | < | 60 | < | 50% | < | 120 | < | < | <
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1～7月执行情况 | 全年预计完成情况 | 偏差原因分析 | < | < | 完成目标可能性 | < | <
        ^ | ^ | ^ | ^ | ^ | ^ | ^ | 经费保障 | 人员保障 | 其他 | 确定能 | 有可能 | 完全不可能
        ^ | 产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 2处 | | | | √ | |
        ^ | ^ | 时效指标 | 完工时间 | 9月 | 未完工 | 10月 | √ | | | | √ |
        """,
        above="项目支出绩效运行监控表\n（2023年度）",
    ),
    {
        **NAMES, "form_type": "monitoring", "fiscal_year": 2023, "budget_initial": "1200000.00",
        "executed": "600000.00", "execution_rate_text": "50%", "stated_total": None,
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, None, None),
        ("产出指标", "时效指标", "完工时间", "9月", "未完工", None, None, "经费保障"),
    ),
    possibilities=("确定能", "有可能"),
    flat=False,
)  # fmt: skip

CONVERTED = Invented(
    "single score, weight and converted score",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | <
        主管部门 | < | 某县教育局 | < | 实施单位 | 某县第一小学 | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 单项得分 | 权重 | 折算得分
        产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 50 | 60 | 30
        满意度指标 | 满意度指标 | 学生满意度 | ≥90% | 95% | 100 | 40 | 40
        总分 | < | < | < | < | | 100 | 70
        """,
        above=TITLE,
    ),
    {**NAMES, "form_type": "self_evaluation", "total_weight": "100"},
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "60", "50", None),
        ("满意度指标", "满意度指标", "学生满意度", "≥90%", "95%", "40", "100", None),
    ),
)

EXECUTION_ROW = Invented(
    "execution as the first line of the indicators, cost at level 1",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | <
        主管部门 | < | 某县教育局 | < | 实施单位 | < | 某县第一小学 | <
        资金情况//（万元） | | 年初预算数 | 调整后预算数 | < | 实际支出数 | 执行率 | <
        ^ | 资金总额 | 100 | 120 | < | 90 | 75% | <
        一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | 偏差原因
        预算执行率（10分） | 预算执行率 | 预算执行率 | 10 | 100% | 75% | 7.5 | 进度滞后
        成本指标（20分） | 经济成本指标 | 改造成本 | 20 | ≤120万元 | 90万元 | 20 | 无
        产出指标（70分） | 数量指标 | 改造食堂数量 | 70 | 2处 | 1处 | 35 | 雨季停工
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "money_unit": "万元",
        "budget_initial": "1000000.00", "budget_adjusted": "1200000.00", "executed": "900000.00",
        "execution_weight": "10", "execution_score": "7.5", "execution_rate_text": "75%",
        "level1_weights": {"成本指标": "20", "产出指标": "70"},
    },
    (
        ("成本指标", "经济成本指标", "改造成本", "≤120万元", "90万元", "20", "20", None),
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "70", "35", "雨季停工"),
    ),
)  # fmt: skip

TOTAL_LAST = Invented(
    "columns in another order, the money's total as its last row, unit above the table",
    sketch(
        """
        实施单位 | 某县第一小学 | 主管部门 | 某县教育局 | 项目名称 | 学校食堂改造
        资金来源 | 执行率 | 全年执行数 | 全年预算数 | 年初预算数 | 备注
        财政拨款 | 75% | 60 | 80 | 70 |
        其他资金 | 75% | 30 | 40 | 30 |
        合计 | 75% | 90 | 120 | 100 |
        三级指标 | 二级指标 | 一级指标 | 得分 | 实际完成值 | 指标值
        改造食堂数量 | 数量指标 | 产出指标 | 25 | 1处 | 2处
        学生满意度 | 满意度指标 | 满意度指标 | 10 | 95% | ≥90%
        """,
        above="项目绩效自评表\n二〇二三年度\n单位：万元",
    ),
    {
        **NAMES, "form_type": "self_evaluation", "fiscal_year": 2023, "money_unit": "万元",
        "budget_initial": "1000000.00", "budget_adjusted": "1200000.00", "executed": "900000.00",
        "execution_rate_text": "75%",
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, "25", None),
        ("满意度指标", "满意度指标", "学生满意度", "≥90%", "95%", None, "10", None),
    ),
)  # fmt: skip

SOURCES_ACROSS = Invented(
    "sources of money as columns below budget and execution",
    sketch(
        """
        项目名称 | 学校食堂改造 | < | < | < | < | <
        主管部门 | 某县教育局 | < | < | 实施单位 | 某县第一小学 | <
        项目资金（万元） | 预算数 | < | < | 执行数 | < | <
        ^ | 合计 | 财政拨款 | 其他资金 | 合计 | 财政拨款 | 其他资金
        ^ | 120 | 80 | 40 | 90 | 60 | 30
        一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
        产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 100 | 50
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "money_unit": "万元", "budget_initial": None,
        "budget_adjusted": "1200000.00", "executed": "900000.00",
    },
    (("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "100", "50", None),),
    flat=False,
)  # fmt: skip

UNDER_LABELS = Invented(
    "names in a row below their labels; adjusted targets beside the first ones",
    sketch(
        """
        项目名称 | < | 主管部门 | < | 实施单位 | < | <
        学校食堂改造 | < | 某县教育局 | < | 某县第一小学 | < | <
        一级指标 | 二级指标 | 三级指标 | 年初指标值 | 调整后指标值 | 全年完成值 | 得分
        产出指标 | 数量指标 | 改造食堂数量 | 3处 | 2处 | 1处 | 50
        ^ | 质量指标 | 验收合格率 | 100% | | 100% | 50
        """,
        above=TITLE,
    ),
    {**NAMES, "form_type": "self_evaluation"},
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, "50", None),
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", None, "50", None),
    ),
)

TRANSFER = Invented(
    "transfer of 2023 with how the money was managed, without scores",
    sketch(
        """
        转移支付（项目）名称 | < | < | 学校食堂改造 | < | < | <
        中央主管部门 | < | < | 教育部 | < | < | <
        地方主管部门 | < | < | 某县教育局 | 资金使用单位 | 某县第一小学 | <
        资金投入//情况//（万元） | | < | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A×100%） | <
        ^ | 年度资金总额： | < | 120 | 90 | 75% | <
        ^ | 其中：中央财政资金 | < | 100 | 70 | 70% | <
        ^ | 地方资金 | < | 20 | 20 | 100% | <
        资金管理//情况 | | < | 情况说明 | < | 存在问题和改进措施 | <
        ^ | 分配科学性 | < | 按因素法分配 | < | 无 | <
        ^ | 执行准确性 | < | 按预算执行 | < | 进度偏慢，加快支付 | <
        总体目标//完成情况 | 总体目标 | < | < | 全年实际完成情况 | < | <
        ^ | 改造食堂两处 | < | < | 改造食堂一处 | < | <
        绩效//指标 | 一级//指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施
        ^ | 产出//指标 | 数量//指标 | 改造食堂数量 | 2处 | 1处 | 雨季停工
        ^ | ^ | 质量//指标 | 验收合格率 | 100% | 100% |
        说明 | 无 | < | < | < | < | <
        """,
        above="中央对地方转移支付区域（项目）绩效目标自评表\n（2023年度）",
        below="注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。",
    ),
    {
        **NAMES, "form_type": "self_evaluation_transfer", "fiscal_year": 2023,
        "budget_adjusted": "1200000.00", "executed": "900000.00", "execution_rate_text": "75%",
        "goal_text": "改造食堂两处", "goal_actual_text": "改造食堂一处", "layout": "transfer",
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, None, "雨季停工"),
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", None, None, None),
    ),
)  # fmt: skip

DEPARTMENT = Invented(
    "whole department with income and kind of spending side by side and a table of tasks",
    sketch(
        """
        部门名称 | < | 某县教育局 | < | < | < | < | <
        年度预算//申请//（万元） | | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分
        ^ | 年度资金总额 | < | 5000 | 5200 | 5000 | 96.15% | 9.6
        ^ | 其中：一般公共预算 | < | 4800 | 5000 | 4800 | 96% |
        ^ | 政府性基金拨款 | < | 200 | 200 | 200 | 100% |
        年度//主要//任务 | 任务名称 | < | 主要内容 | 预算数 | 执行数 | 完成情况 | <
        ^ | 食堂改造 | < | 改造两处 | 120 | 90 | 完成一处 | <
        年度//总体//目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
        ^ | 办好教育 | < | < | 教育已办好 | < | < | <
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
        产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 60 | 30 | 雨季停工
        效益指标 | 社会效益指标 | 受益学生人数 | ≥800人 | 820人 | 30 | 30 |
        总分 | < | < | < | < | 100 | 69.6 |
        """,
        above="部门（单位）整体支出绩效自评表\n（2023年度）",
    ),
    {
        "project": None, "department": D, "unit": None, "layout": "department",
        "form_type": "self_evaluation_department", "budget_initial": "50000000.00",
        "budget_adjusted": "52000000.00", "executed": "50000000.00", "execution_score": "9.6",
        "goal_text": "办好教育", "goal_actual_text": "教育已办好", "stated_total": "69.6",
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "60", "30", "雨季停工"),
        ("效益指标", "社会效益指标", "受益学生人数", "≥800人", "820人", "30", "30", None),
    ),
)  # fmt: skip

FRAME = Invented(
    "decision, process, output, benefit, with what each is judged by",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | <
        主管部门 | < | 某县教育局 | < | 项目单位 | < | 某县第一小学 | <
        一级指标 | 二级指标 | 三级指标 | 指标解释 | 标准分值 | 评分标准 | 自评得分 | 得分说明
        项目决策（20分） | 项目立项 | 立项依据充分性 | 是否有依据 | 20 | 有依据得满分 | 20 |
        过程（30分） | 资金管理 | 资金使用合规性 | 是否合规 | 30 | 发现一处扣5分 | 25 | 一处不合规
        产出（50分） | 产出数量 | 改造食堂数量 | 两处 | 50 | 按比例得分 | 25 | 雨季停工
        合计 | < | < | < | 100 | | 70 |
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "stated_total": "70", "total_weight": "100",
        "level1_weights": {"项目决策": "20", "过程": "30", "产出": "50"},
    },
    (
        ("项目决策", "项目立项", "立项依据充分性", None, None, "20", "20", None),
        ("过程", "资金管理", "资金使用合规性", None, None, "30", "25", "一处不合规"),
        ("产出", "产出数量", "改造食堂数量", None, None, "50", "25", "雨季停工"),
    ),
)  # fmt: skip

FULL_WIDTH = Invented(
    "full-width figures and signs, spaces inside labels, dashes for nothing",
    sketch(
        """
        项 目 名 称： | < | 学校食堂改造 | < | < | < | < | < | <
        主 管 部 门： | < | 某县教育局 | < | < | 实 施 单 位（公章）： | 某县第一小学 | < | <
        项目资金//（万元） | < | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        ^ | < | 年度资金总额： | １００ | １２０．０ | ９０ | １０分 | ７５％ | ７．５分
        ^ | < | 其中：财政拨款 | —— | ／ | —— | — | — | —
        绩效指标 | 一级 指标 | 二级 指标 | 三 级 指 标 | 年度 指标值 | 实际 完成值 | 分 值 | 得 分 | 偏差原因分析 及改进措施
        ^ | 产出指标//（９０分） | 数量 指标 | 指标１：★改造食堂数量（≥**处） | ＞＝２处 | １处 | ９０ | ４５ | －
        ^ | ^ | 质量 指标 | 指标2： | － | － | － | － | －
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "budget_initial": "1000000.00",
        "budget_adjusted": "1200000.00", "executed": "900000.00", "execution_weight": "10",
        "execution_score": "7.5", "execution_rate_text": "75%", "money_unit": "万元",
        "level1_weights": {"产出指标": "90"},
    },
    (("产出指标", "数量指标", "改造食堂数量", "≥2处", "1处", "90", "45", None),),
)  # fmt: skip

HEBEI = Invented(
    "numbered sections in rows of their own, a name beside every figure",
    sketch(
        """
        一、基本情况 | < | < | < | < | < | <
        项目名称 | 学校食堂改造 | < | < | 实施（主管）单位 | 某县第一小学 | <
        二、预算执行情况（万元）（10分） | < | < | < | < | < | <
        预算安排情况（调整后） | < | 资金到位情况 | < | 资金执行情况 | < | 预算执行进度
        预算数： | 120 | 到位数： | 110 | 执行数： | 90 | 75%
        其中：财政资金 | 100 | 其中：财政资金 | 100 | 其中：财政资金 | 80 |
        其他 | 20 | 其他 | 10 | 其他 | 10 |
        三、目标完成情况 | < | < | < | < | < | <
        年度预期目标 | < | < | 具体完成情况 | < | < | 总体完成率
        改造食堂两处 | < | < | 改造食堂一处 | < | < | 50%
        四、年度绩效指标完成情况 | < | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | < | 预期指标值 | 实际完成值 | 自评得分
        产出指标（60分） | 数量指标 | 改造食堂数量 | < | 2处 | 1处 | 30
        满意度指标（30分） | 满意度指标 | 学生满意度 | < | ≥90% | 95% | 30
        总分 | < | < | < | < | < | 67.5
        五、存在问题、原因及下一步整改措施 | < | < | < | < | < | <
        雨季停工，加快进度 | < | < | < | < | < | <
        """,
        above=TITLE,
    ),
    {
        "project": P, "unit": U, "form_type": "self_evaluation", "money_unit": "万元",
        "budget_initial": None, "budget_adjusted": "1200000.00", "executed": "900000.00",
        "execution_rate_text": "75%", "execution_weight": "10", "goal_text": "改造食堂两处",
        "goal_actual_text": "改造食堂一处", "stated_total": "67.5", "has_total_row": True,
        "level1_weights": {"产出指标": "60", "满意度指标": "30"},
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, "30", None),
        ("满意度指标", "满意度指标", "学生满意度", "≥90%", "95%", None, "30", None),
    ),
)  # fmt: skip

NUMBERED = Invented(
    "line numbers, other people's scores and evidence between the columns",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | < | < | <
        主管部门 | < | 某县教育局 | < | 实施单位 | 某县第一小学 | < | < | < | <
        预算金额//（元） | 1,200,000 | < | 实际支出金额（元） | 900,000 | < | 执行率 | 75% | < | <
        序号 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 佐证材料 | 分值 | 自评得分 | 财政复核得分
        1 | 产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 验收单 | 60 | 30 | 20
        2 | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 验收单 | 40 | 40 | 40
        合计 | < | < | < | < | < | < | 100 | 70 | 60
        """,
        above=TITLE,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "money_unit": "元", "stated_total": "70",
        "budget_adjusted": "1200000.00", "executed": "900000.00", "execution_rate_text": "75%",
        "total_weight": "100",
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "60", "30", None),
        ("产出指标", "质量指标", "验收合格率", "100%", "100%", "40", "40", None),
    ),
)  # fmt: skip

TALL_GOALS = Invented(
    "goal and result one below the other, grade in the row of totals, a note that fixes points",
    sketch(
        """
        项目名称 | < | 学校食堂改造 | < | < | < | < | <
        项目主管部门 | < | 某县教育局 | < | < | 项目实施单位 | 某县第一小学 | <
        项目资金//（万元） | < | 资金总额 | 年初预算安排 | 全年预算安排 | 全年支出数 | 预算执行率 | 自评得分//（10分）
        ^ | < | 小计 | 100 | 120 | 90 | 75% | 7.5
        年度绩效//目标 | < | 年初设定目标 | 改造食堂两处 | < | < | < | <
        ^ | < | 实际完成情况 | 改造食堂一处 | < | < | < | <
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 目标值 | 实际值 | 分值 | 自评分
        ^ | 产出指标（50分） | 数量指标 | 改造食堂数量 | 2处 | 1处 | 50 | 25
        ^ | 效益指标（30分） | 社会效益指标 | 受益学生人数 | 800人以上 | 820人 | 30 | 30
        ^ | 满意度指标（10分） | 满意度指标 | 学生满意度 | 90%以上 | 95% | 10 | 10
        总得分 | < | < | < | < | < | 72.5 | 中
        """,
        above=TITLE,
        below="注：1.一级指标分值固定为：预算执行率10分、产出指标50分、效益指标30分、满意度指标10分。",
    ),
    {
        **NAMES, "form_type": "self_evaluation", "money_unit": "万元",
        "budget_initial": "1000000.00", "budget_adjusted": "1200000.00", "executed": "900000.00",
        "execution_weight": "10", "execution_score": "7.5", "goal_text": "改造食堂两处",
        "goal_actual_text": "改造食堂一处", "stated_grade": "中",
        "level1_weights": {"产出指标": "50", "效益指标": "30", "满意度指标": "10"},
        "weight_rule": {"预算执行率": "10", "产出指标": "50", "效益指标": "30", "满意度指标": "10"},
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "2处", "1处", "50", "25", None),
        ("效益指标", "社会效益指标", "受益学生人数", "800人以上", "820人", "30", "30", None),
        ("满意度指标", "满意度指标", "学生满意度", "90%以上", "95%", "10", "10", None),
    ),
)  # fmt: skip

UNTITLED = Invented(
    "no title at all, the year in a cell",
    sketch(
        """
        预算年度 | 2023年 | 金额单位 | 万元 | < | <
        项目名称 | 学校食堂改造 | < | < | < | <
        主管部门 | 某县教育局 | 用款单位 | 某县第一小学 | < | <
        年初预算数 | 全年预算数 | 实际支出 | < | < | <
        100 | 120 | 90 | < | < | <
        一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成 | 未完成原因及改进措施
        产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 雨季停工
        """,
    ),
    {
        **NAMES, "form_type": "self_evaluation", "fiscal_year": 2023, "money_unit": "万元",
        "budget_initial": "1000000.00", "budget_adjusted": "1200000.00", "executed": "900000.00",
    },
    (("产出指标", "数量指标", "改造食堂数量", "2处", "1处", None, None, "雨季停工"),),
)  # fmt: skip

GOAL_TABLE = Invented(
    "goals as many places publish them with their budgets: sign, value, unit, weight",
    sketch(
        """
        单位：元
        项目名称 | 学校食堂改造 | < | 项目编码 | 41000023T000000012345 | < | <
        预算部门 | 某县教育局 | < | 预算单位 | 某县第一小学 | < | <
        年度预算金额 | 1,200,000.00 | < | 其中：财政拨款 | 1,200,000.00 | < | <
        年度绩效目标 | 改造食堂两处 | < | < | < | < | <
        一级指标 | 二级指标 | 三级指标 | 关系 | 目标值 | 计量单位 | 权重
        产出指标 | 数量指标 | 改造食堂数量 | ≥ | 2 | 处 | 60
        ^ | 时效指标 | 完工时间 | 定性 | 9月底前 | | 30
        满意度指标 | 满意度指标 | 学生满意度 | ≥ | 90 | % | 10
        """,
        above="项目绩效目标表\n2024年度",
    ),
    {
        **NAMES, "form_type": "goal", "fiscal_year": 2024, "money_unit": "元",
        "budget_initial": "1200000.00", "goal_text": "改造食堂两处", "executed": None,
    },
    (
        ("产出指标", "数量指标", "改造食堂数量", "≥2处", None, "60", None, None),
        ("产出指标", "时效指标", "完工时间", "9月底前", None, "30", None, None),
        ("满意度指标", "满意度指标", "学生满意度", "≥90%", None, "10", None, None),
    ),
)  # fmt: skip

INVENTED = (
    HEBEI, NUMBERED, TALL_GOALS, UNTITLED, GOAL_TABLE, SHANGHAI, LABELS_ONLY, THREE_ROWS, SECTION_ROWS, JOINED_LEVELS, UNNAMED_LEVELS, TWO_TERMS,
    MONITORING, CONVERTED, EXECUTION_ROW, TOTAL_LAST, SOURCES_ACROSS, UNDER_LABELS, TRANSFER,
    DEPARTMENT, FRAME, FULL_WIDTH,
)  # fmt: skip
