"""A file of requests for next year's money → what an allocation is made from.

A workbook with the sheets 项目, 限额, 地区, 设置 (or their English names), or JSON with projects,
limits, regions and the settings. Whatever can't be read is a problem with its sheet, row, column.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongzhi.connectors.figure_tables import number_in
from gongzhi.core.balance.allocation import (
    AllocationRules,
    Asked,
    Band,
    Limit,
    LimitOf,
    Request,
)
from gongzhi.core.terms import Problem, Said, SaidValues, Where, several

ROWS_MAX = 60_000
FEN = Decimal("0.01")
YES, NO = (
    frozenset({"是", "yes", "true", "1", "y", "√"}),
    frozenset({"", "否", "no", "false", "0", "n"}),
)
PROJECTS, LIMITS, REGIONS, SETTINGS = "projects", "limits", "regions", "settings"
SHEETS: Mapping[str, tuple[str, ...]] = {
    PROJECTS: ("projects", "项目"),
    LIMITS: ("limits", "限额"),
    REGIONS: ("regions", "地区"),
    SETTINGS: ("settings", "设置"),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    PROJECTS: {
        "id": ("id", "项目编号", "编号"),
        "name": ("name", "项目名称", "名称"),
        "department": ("department", "部门"),
        "field": ("field", "领域"),
        "region": ("region", "地区"),
        "base": ("base", "基数", "本年预算"),
        "asked": ("asked", "申请数", "申请"),
        "score": ("score", "得分"),
        "grade": ("grade", "等级"),
        "need": ("need", "需求系数", "需求"),
        "rigid": ("rigid", "刚性支出", "刚性"),
        "may_stop": ("may_stop", "可以停止", "可停"),
        "minimum": ("minimum", "最低需要"),
    },
    LIMITS: {
        "of": ("of", "对什么"),
        "name": ("name", "名称"),
        "least": ("least", "下限"),
        "most": ("most", "上限"),
        "firm": ("firm", "下限不能让"),
    },
    REGIONS: {"name": ("name", "名称", "地区"), "heads": ("heads", "人口", "人数")},
    SETTINGS: {"name": ("name", "名称"), "value": ("value", "值")},
}
SETTING_NAMES: Mapping[str, tuple[str, ...]] = {
    "total": ("total", "总额"),
    "step": ("step", "最小单位"),
    "regional_least": ("regional_least", "地区人均下限"),
    "ordered": ("ordered", "按得分排序"),
    "unjudged_score": ("unjudged_score", "没有评价的得分"),
}
LIMITED: Mapping[str, LimitOf] = {
    "department": LimitOf.DEPARTMENT,
    "部门": LimitOf.DEPARTMENT,
    "field": LimitOf.FIELD,
    "领域": LimitOf.FIELD,
    "region": LimitOf.REGION,
    "地区": LimitOf.REGION,
}
HOW = Said("用 gongzhi allocate --template 写一张空表，照着填")


class _Unreadable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what.text)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row with its cells by the names of COLUMNS, and where it stands."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    places: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, column: str, what: Said) -> _Unreadable:
        """What is wrong with a cell."""
        where = Where(sheet=self.sheet, row=self.row, column=self.places.get(column))
        return _Unreadable(Problem(where=where, what=what, hint=HOW))

    def text(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        """A cell that may not be empty."""
        text = self.text(column)
        if not text:
            raise self.refuse(column, Said("“{column}”没有填", {"column": _title(column)}))
        return text

    def number(self, column: str) -> Decimal | None:
        """A number, None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        number = number_in(text)
        told = {"column": _title(column), "text": text}
        if number is None:
            raise self.refuse(column, Said("“{column}”的“{text}”不是数字", {**told}))
        if number < 0:
            raise self.refuse(column, Said("“{column}”的“{text}”小于零", {**told}))
        return number

    def money(self, column: str) -> Decimal:
        """An amount that may not be empty."""
        self.needed(column)
        return self.number(column) or Decimal(0)

    def truth(self, column: str) -> bool:
        """Yes or no; empty is no."""
        text = self.text(column).lower()
        if text not in YES | NO:
            told = {"column": _title(column), "text": text}
            raise self.refuse(column, Said("“{column}”的“{text}”应是“是”或者“否”", {**told}))
        return text in YES


def asked_in(
    tables: Mapping[str, Sequence[Entry]],
    *,
    rules: AllocationRules,
    grade_of: Mapping[str, Decimal],
    total: Decimal | None = None,
) -> Asked | Problem:
    """What is asked, from entries by the names of SHEETS; grades by their least score, best first.

    total overrides the settings' own.
    """
    try:
        settings = _settings(tables.get(SETTINGS, ()))
        requests = tuple(_requests(tables.get(PROJECTS, ()), grade_of))
        limits = tuple(map(_limit, tables.get(LIMITS, ())))
        heads = {each.needed("name"): _heads(each) for each in tables.get(REGIONS, ())}
    except _Unreadable as unreadable:
        return unreadable.problem
    given = settings.get("total", total) if total is None else total
    if given is None:
        what = Said("没有写总额：在设置里写，或者用 --total")
        return Problem(where=Where(), what=what, hint=HOW)
    rules = _ruled(rules, settings, has_heads=bool(heads))
    step = settings.get("step", FEN)
    if step not in (FEN, *(Decimal(10) ** power for power in range(-1, 7))):
        what = Said("最小单位应是 0.01、1 这样的数")
        return Problem(where=Where(), what=what, hint=HOW)
    return Asked(requests=requests, total=given, rules=rules, limits=limits, heads=heads, step=step)


def _settings(entries: Sequence[Entry]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for entry in entries:
        named = entry.needed("name").lower()
        known = [key for key, names in SETTING_NAMES.items() if named in names]
        if not known:
            names = several(each[-1] for each in SETTING_NAMES.values())
            told: SaidValues = {"name": named, "known": names}
            raise entry.refuse("name", Said("没有设置“{name}”；有：{known}", told))
        if known[0] == "ordered":
            found["ordered"] = Decimal(int(entry.truth("value")))
        else:
            found[known[0]] = entry.money("value")
    return found


def _ruled(
    rules: AllocationRules, settings: Mapping[str, Decimal], *, has_heads: bool
) -> AllocationRules:
    """The place's rules, as far as the file doesn't say otherwise; by heads only where told."""
    least = settings.get("regional_least", rules.regional_least if has_heads else None)
    return replace(
        rules,
        regional_least=least,
        ordered=bool(settings.get("ordered", Decimal(int(rules.ordered)))),
        unjudged_score=settings.get("unjudged_score", rules.unjudged_score),
    )


def _requests(entries: Sequence[Entry], grade_of: Mapping[str, Decimal]) -> Iterator[Request]:
    for entry in entries:
        score = entry.number("score")
        by_score = _grade(score, grade_of) if score is not None else None
        need = entry.number("need")
        yield Request(
            id=entry.needed("id"),
            name=entry.text("name") or entry.needed("id"),
            department=entry.text("department"),
            field=entry.text("field"),
            region=entry.text("region"),
            base=entry.money("base"),
            asked=entry.money("asked"),
            score=score,
            grade=entry.text("grade") or by_score,
            need=Decimal(1) if need is None else need,
            rigid=entry.truth("rigid"),
            may_stop=entry.truth("may_stop"),
            minimum=entry.number("minimum") or Decimal(0),
        )


def _grade(score: Decimal, grade_of: Mapping[str, Decimal]) -> str | None:
    return next((grade for grade, least in grade_of.items() if score >= least), None)


def _limit(entry: Entry) -> Limit:
    of = entry.needed("of").lower()
    if of not in LIMITED:
        told = {"text": of}
        raise entry.refuse("of", Said("“{text}”应是部门、领域或者地区", {**told}))
    return Limit(
        of=LIMITED[of],
        name=entry.needed("name"),
        least=entry.number("least"),
        most=entry.number("most"),
        firm=entry.truth("firm"),
    )


def _heads(entry: Entry) -> int:
    heads = entry.money("heads")
    if heads != heads.to_integral_value() or not heads:
        raise entry.refuse("heads", Said("人口应是大于零的整数"))
    return int(heads)


def bands_of(given: Mapping[str, object], rules: AllocationRules) -> AllocationRules | Problem:
    """The rules with what a JSON file says of them: bands, segments."""
    made = dict(rules.bands)
    bands = given.get("bands", {})
    segments = given.get("segments")
    wrong = Problem(where=Where(), what=Said("rules 里的 bands 或者 segments 看不懂"), hint=HOW)
    try:
        if not isinstance(bands, Mapping):
            return wrong
        for grade, band in bands.items():
            floor, ceiling = (number_in(str(band[key])) for key in ("floor", "ceiling"))
            if floor is None or ceiling is None or not 0 <= floor <= ceiling:
                return wrong
            made[grade] = Band(grade=grade, floor=floor, ceiling=ceiling)
        parts = rules.segments if segments is None else _parts(segments)
    except (TypeError, KeyError):
        return wrong
    if not parts or list(parts) != sorted(parts, reverse=True) or parts[-1] < 0:
        return wrong
    return replace(rules, bands=made, segments=parts)


def _parts(segments: object) -> tuple[Decimal, ...]:
    found = [number_in(str(each)) for each in segments] if isinstance(segments, list) else []
    return tuple(each for each in found if each is not None)


def _title(column: str) -> str:
    for columns in COLUMNS.values():
        if column in columns:
            return columns[column][1] if len(columns[column]) > 1 else column
    return column
