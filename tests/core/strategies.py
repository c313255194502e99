"""Forms of any shape that the type allows, for laws that must hold on all of them."""

from decimal import Decimal

from hypothesis import strategies as st

from gongzhi.core.terms import Form, FormType, FundRow, Indicator, Where

WORDS = (
    "≥", "≤", "=", ">", "<", "≧", "％", "%", "万元", "元", "/", "—", "无", "0", "100", "1,000",
    "95", "0.5", "9月前", "2021年12月31日", "年底", "完成", "未完成", "部分达成", "效果明显",
    "以上", "以内", "不超过", "其中：", "，", "。", "；", "满意度", "数量指标", "成本指标",
    "联系人：王小明",
    "13800138000", "11010519491231002X", "项目总成本", "个", "人", "-", "至", "{", "}", "{name}",
)  # fmt: skip
texts = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
)
points = st.one_of(
    st.none(),
    st.decimals(min_value=-10, max_value=200, places=2),
    st.sampled_from([Decimal(0), Decimal(10), Decimal("1E+3"), Decimal("1E-9"), Decimal(10) ** 25]),
)
money = st.one_of(st.none(), st.decimals(min_value=-(10**6), max_value=10**13, places=2))
headings = st.sampled_from(["产出指标", "效益指标", "满意度指标", "成本指标", None, ""])
places = st.builds(Where, table=st.none() | st.integers(1, 9), row=st.none() | st.integers(1, 99))
indicators = st.builds(
    Indicator,
    level1=headings | texts,
    level2=texts,
    level3=texts,
    target_text=texts,
    actual_text=texts,
    weight=points,
    score=points,
    reason=texts,
    converted_score=points,
    where=places,
)
fund_rows = st.builds(
    FundRow, label=st.text(max_size=8), initial=money, adjusted=money, executed=money, where=places
)
named_points = st.dictionaries(
    st.sampled_from(["产出指标", "效益指标", "别的"]),
    st.decimals(min_value=0, max_value=100, places=1),
    max_size=3,
)
forms = st.builds(
    Form,
    form_type=st.sampled_from(FormType),
    layout=st.just("any"),
    project=texts,
    department=texts,
    unit=texts,
    fiscal_year=st.none() | st.integers(-1, 10000),
    money_unit=st.sampled_from([None, "元", "万元"]),
    budget_initial=money,
    budget_adjusted=money,
    executed=money,
    execution_rate_text=texts,
    execution_weight=points,
    execution_score=points,
    fund_rows=st.lists(fund_rows, max_size=4).map(tuple),
    goal_text=texts,
    goal_actual_text=texts,
    indicators=st.lists(indicators, max_size=6).map(tuple),
    level1_weights=named_points,
    weight_rule=named_points,
    has_total_row=st.booleans(),
    total_weight=points,
    stated_total=points,
    where=places,
)
