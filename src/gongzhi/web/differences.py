"""What changed from one version of a form to the next: place by place, word by word."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from gongzhi.core.terms import Form, Indicator, Said, SaidValues
from gongzhi.papers.figures import money_text, points_text
from gongzhi.web.frame import reader_language
from gongzhi.web.shown import Change, Piece
from gongzhi.words import say

WORD = re.compile(r"[A-Za-z]+|[\d.,%]+|\s+|.", re.DOTALL)
FIELDS: Mapping[str, str] = {
    "project": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "budget_initial": "年初预算数",
    "budget_adjusted": "全年预算数",
    "executed": "全年执行数",
    "execution_rate_text": "执行率",
    "execution_weight": "预算执行分值",
    "execution_score": "预算执行得分",
    "goal_text": "年度总体目标",
    "goal_actual_text": "实际完成情况",
    "stated_total": "总分",
    "stated_grade": "等级",
}
MONEY = ("budget_initial", "budget_adjusted", "executed")
POINTS = ("execution_weight", "execution_score", "stated_total", "weight", "score")
COLUMNS: Mapping[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target_text": "年度指标值",
    "actual_text": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}
NO_ROW = Indicator()


def changes(old: Form, new: Form) -> tuple[Change, ...]:
    """Every place where the two differ, in the order of the form."""
    return (*_heading(old, new), *_rows(old, new))


def _heading(old: Form, new: Form) -> Iterator[Change]:
    for field, label in FIELDS.items():
        before = _text(old, field, unit=old.money_unit)
        after = _text(new, field, unit=new.money_unit)
        if before != after:
            yield _change(Said(label), old=before, new=after)


def _rows(old: Form, new: Form) -> Iterator[Change]:
    for number in range(max(len(old.indicators), len(new.indicators))):
        before = old.indicators[number] if number < len(old.indicators) else NO_ROW
        after = new.indicators[number] if number < len(new.indicators) else NO_ROW
        name = after.level3 or before.level3 or ""
        for field, label in COLUMNS.items():
            one, other = _text(before, field), _text(after, field)
            if one != other:
                values: SaidValues = {"number": number + 1, "name": name, "column": Said(label)}
                yield _change(Said("指标 {number} {name}：{column}", values), old=one, new=other)


def _text(thing: Form | Indicator, field: str, *, unit: str | None = None) -> str:
    value = getattr(thing, field)
    if field in MONEY:
        return money_text(value, unit)
    return points_text(value) if field in POINTS else value or ""


def _change(where: Said, *, old: str, new: str) -> Change:
    return compared(say(where, reader_language()), old=old, new=new)


def compared(where: str, *, old: str, new: str) -> Change:
    """What changed at one place, word by word."""
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, one, two, three, four in matcher.get_opcodes():
        changed = kind != "equal"
        left.append(Piece(text="".join(before[one:two]), changed=changed))
        right.append(Piece(text="".join(after[three:four]), changed=changed))
    return Change(
        where=where,
        old=tuple(piece for piece in left if piece.text),
        new=tuple(piece for piece in right if piece.text),
    )
