"""Laws: a form says the same however its columns are called, ordered, spread and spanned."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.intake.document import Cell, Document, Paragraph, Table
from gongzhi.papers.reading import read_document

HEADS = {
    "level1": ("一级指标", "一级//指标", "一级"),
    "level2": ("二级指标", "二 级 指 标", "二级指标名称"),
    "level3": ("三级指标", "三级指标名称", "指标名称", "指标内容"),
    "target": (
        "年度指标值", "指标值", "目标值", "计划值", "预期指标值", "年初目标值", "绩效目标值",
        "指标值（A）", "计划完成值", "预期值", "年度目标值",
    ),
    "actual": (
        "实际完成值", "完成值", "实现值", "全年完成情况", "全年实际值（B）", "实际值", "完成情况",
        "自评完成值", "指标完成值", "全年实际完成值",
    ),
    "weight": (
        "分值", "权重", "标准分", "参考分值", "指标权重（分）", "分值（权重）", "满分", "权重（%）",
    ),
    "score": ("得分", "自评得分", "评分", "单项得分", "指标得分", "自评分", "实际得分"),
    "reason": (
        "偏差原因分析及改进措施", "未完成原因", "未完成原因分析", "备注", "说明", "偏差原因",
        "扣分原因", "未完成原因及拟采取的改进措施", "原因分析",
    ),
}  # fmt: skip
MONEY = {
    "initial": ("年初预算数", "年初预算", "年初预算安排数", "年初预算批复数"),
    "adjusted": ("全年预算数", "调整后预算数", "调整预算数（A）", "全年（调整）预算数"),
    "executed": ("全年执行数", "执行数", "预算执行数", "实际支出数", "全年支出数（B）", "实际支出"),
    "rate": ("执行率", "预算执行率", "执行率（B/A）", "支出进度"),
}  # fmt: skip
IGNORED = (
    "得分计算方法",
    "评分标准",
    "指标解释",
    "佐证材料",
    "上年实际值",
    "数据来源",
    "财政复核得分",
)
LABELS = {
    "project": ("项目名称", "专项名称", "项 目 名 称：", "项目（政策）名称"),
    "department": ("主管部门", "项目主管部门", "主管部门及代码", "业务主管部门"),
    "unit": ("实施单位", "项目实施单位", "项目单位（盖章）", "资金使用单位", "预算单位"),
}
VALUES = {"project": "学校食堂改造", "department": "某县教育局", "unit": "某县第一小学"}
ROWS = (
    ("产出指标", "数量指标", "改造食堂数量", "≥2处", "1处", "50", "25", "雨季停工"),
    ("产出指标", "质量指标", "验收合格率", "100%", "98.5%", "20", "19.7", ""),
    ("效益指标", "社会效益指标", "受益学生人数", "不少于800人", "820人", "20", "20", ""),
    ("满意度指标", "服务对象满意度指标", "学生满意度", "≥90%", "95%", "10", "10", ""),
)
AMOUNTS = {"initial": "100", "adjusted": "1,200.5", "executed": "90", "rate": "7.5%"}
FACTORS = {"元": 1, "万元": 10_000}


class Drawing:
    """Rows of cells put down from top to bottom, with or without spans."""

    def __init__(self, *, spans: bool) -> None:
        self.spans, self.row = spans, 0
        self.cells: list[Cell] = []

    def put(self, column: int, text: str, *, rows: int = 1, columns: int = 1) -> None:
        text = text.replace("//", "\n")
        if self.spans or text:
            rows, columns = (rows, columns) if self.spans else (1, 1)
            cell = Cell(row=self.row, column=column, text=text, row_span=rows, column_span=columns)
            self.cells.append(cell)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Document, str, list[str]]:
    """A document with one form, its unit of money, and the roles of its columns in order."""
    drawing = Drawing(spans=draw(st.booleans()))
    section = draw(st.booleans())
    levels = ["level1", "level2", "level3"]
    rest = draw(st.permutations(["target", "actual", "weight", "score", "reason", "ignored"]))
    roles = levels + draw(st.sampled_from([rest, [role for role in rest if role != "ignored"]]))
    width = len(roles) + section
    for field in draw(st.permutations(list(LABELS))):
        drawing.put(0, draw(st.sampled_from(LABELS[field])), columns=2)
        drawing.put(2, VALUES[field], columns=width - 2)
        drawing.row += 1
    unit = draw(st.sampled_from(["元", "万元"]))
    _money(draw, drawing, unit=unit, width=width)
    _indicators(draw, drawing, roles=roles, section=section)
    title = draw(
        st.sampled_from([["2023年度项目支出绩效自评表"], ["项目绩效自评表", "（2023年度）"], []])
    )
    blocks = [
        *(Paragraph(text=line) for line in title),
        Table(number=1, cells=tuple(drawing.cells)),
    ]
    return Document(name="drawn", kind="docx", blocks=tuple(blocks)), unit, roles


def _money(draw: st.DrawFn, drawing: Drawing, *, unit: str, width: int) -> None:
    order = draw(st.permutations(list(MONEY)))
    drawing.put(0, f"项目资金//（{unit}）", rows=3)
    for place, role in enumerate(order):
        drawing.put(2 + place, draw(st.sampled_from(MONEY[role])))
    drawing.row += 1
    for label, amounts in (("年度资金总额：", AMOUNTS), ("其中：财政拨款", AMOUNTS)):
        drawing.put(1, label)
        for place, role in enumerate(order):
            drawing.put(2 + place, amounts[role])
        drawing.row += 1
    assert width >= len(order) + 2


def _indicators(draw: st.DrawFn, drawing: Drawing, *, roles: list[str], section: bool) -> None:
    left = 1 if section else 0
    if section:
        drawing.put(0, "绩//效//指//标", rows=len(ROWS) + 1)
    for place, role in enumerate(roles):
        words = IGNORED if role == "ignored" else HEADS[role]
        drawing.put(left + place, draw(st.sampled_from(words)))
    drawing.row += 1
    texts = dict(zip(HEADS, zip(*ROWS, strict=True), strict=True))
    for number in range(len(ROWS)):
        for place, role in enumerate(roles):
            text = "见附件" if role == "ignored" else texts[role][number]
            if role == "level1" and number and text == texts[role][number - 1]:
                continue
            spanned = role == "level1" and number == 0
            drawing.put(left + place, text, rows=2 if spanned else 1)
        drawing.row += 1


@settings(deadline=None, max_examples=150)
@given(drawings())
def test_a_form_is_read_the_same_however_its_columns_are_named_and_ordered(
    drawn: tuple[Document, str, list[str]],
) -> None:
    document, unit, _ = drawn

    (form,) = read_document(document).forms

    assert (form.project, form.department, form.unit) == tuple(VALUES.values())
    assert form.money_unit == unit
    factor = FACTORS[unit]
    assert form.budget_initial == 100 * factor
    assert form.budget_adjusted == Decimal("1200.5") * factor
    assert form.executed == 90 * factor
    assert form.execution_rate_text == "7.5%"
    read = [
        (i.level1, i.level2, i.level3, i.target_text, i.actual_text, str(i.weight), str(i.score),
         i.reason or "")
        for i in form.indicators
    ]  # fmt: skip
    assert read == list(ROWS)
