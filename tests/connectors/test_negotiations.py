"""A negotiation's file: bad parts are problems with their places, and never stop the rest."""

import json
from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.connectors.negotiations import ReadCase, read_negotiation
from gongzhi.core.balance.negotiating import Measure, Standing, negotiate, steps
from gongzhi.papers.places import place_text
from gongzhi.papers.workbook import Column, Sheet, workbook
from gongzhi.words import say

TWO = {
    "options": ["甲", "乙"],
    "criteria": ["花费", "居住"],
    "sides": [
        {"name": "局", "worth": {"甲": "1,200,000.50", "乙": "3万元"}, "limit": -5},
        {
            "name": "民",
            "standing": "居民",
            "measure": "评分",
            "scores": {"甲": {"花费": 10, "居住": 20}, "乙": {"花费": 30, "居住": 40}},
            "points": {"花费": 1, "居住": 3},
        },
    ],
}


def read(data: object) -> ReadCase:
    return read_negotiation("协商.json", json.dumps(data, ensure_ascii=False).encode())


def said(found: ReadCase) -> str:
    return "\n".join(
        f"{place_text(each.where, 'zh')} {say(each.what, 'zh')}" for each in found.problems
    )


def changed(path: str, value: object) -> dict:
    data = deepcopy(TWO)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    at = data
    for part in way:
        at = at[part]
    at[last] = value
    return data


def test_names_stand_for_codes_and_money_is_read_as_people_write_it():
    found = read(TWO)
    assert found.problems == ()
    bureau, people = found.case.sides
    assert bureau.worth == {"甲": Decimal("1200000.50"), "乙": Decimal(30000)}
    assert (people.standing, people.measure) == (Standing.RESIDENT, Measure.POINTS)
    assert negotiate(found.case).table.stated.worth[1] == (Decimal("17.5"), Decimal("37.5"))


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("sides.0.worth.丙", 3, "sides[0].worth.丙：没有“丙”"),
        ("sides.0.limit", "很低", "sides[0].limit：“很低”不是数字"),
        ("sides.0.limit", True, "sides[0].limit：应当是文字或数字"),
        ("sides.0.standing", "神仙", "看不懂“神仙”"),
        ("sides.0.weight", 0, "应大于 0"),
        ("sides.0.floors", [1], "sides[0].floors：应当是一个对象"),
        ("sides.0.floors", {"甲": -1}, "不能小于零"),
        ("sides.0.accepts", "甲", "sides[0].accepts：应当是一个列表"),
        ("sides.0.evidence", "长" * 3000, "文字超过 2000 字"),
        ("sides.1.pays_most", 5, "居民不向别人付款"),
        ("sides.1.scores.甲.花费", 101, "应在 0 与 100 之间"),
        ("sides.1.points.风貌", 1, "没有“风貌”"),
        ("sides.1.judgements", [{"first": "花费"}], "要写 first、second 和 times"),
        ("sides.1.judgements", [{"first": "花费", "second": "居住", "times": "多"}], "不是数字"),
        ("options", ["甲", "乙", "甲"], "“甲”写了两次"),
        (
            "options",
            ["甲", "乙", {"code": "甲", "name": "丙"}],
            "options[2].code：“甲”写了两次",
        ),
        ("options", ["甲", "乙", {"about": "?"}], "没有写名称"),
        ("rounds", [{"support": {"局": {"甲": 300}}}], "应在 0 与 100 之间"),
        ("rounds", 3, "rounds：应当是一个列表"),
        ("objecting", {"until": "明年"}, "objecting.until"),
        ("costs", [{"name": "管", "needs": {"民": 1}}], "居民不分摊共同费用"),
        ("costs", [{"name": "管", "needs": {"局": "x"}}], "costs[0].needs.局：“x”不是数字"),
        ("whatever", 1, "whatever：不认识的键"),
    ],
)
def test_a_bad_part_is_told_by_its_place_and_the_rest_is_a_case(path, value, says):
    found = read(changed(path, value))
    assert says in said(found)
    assert found.case is not None
    assert steps(negotiate(found.case))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sides", []),
        ("options", []),
        ("sides.0.worth", {}),
        ("options", [f"案{n}" for n in range(10_001)]),
    ],
)
def test_a_case_that_can_not_be_computed_is_refused_with_reasons(path, value):
    found = read(changed(path, value))
    assert found.case is None
    assert found.problems


def sheet(name: str, heads: str, *rows: str) -> Sheet:
    columns = [Column(head) for head in heads.split()]
    return Sheet(name=name, columns=columns, rows=[row.split() for row in rows])


def test_a_workbook_tells_its_cells():
    content = workbook(
        [
            sheet("协商", "项目 内容", "外部补助（元） 5万元", "怪事 1"),
            sheet("方案", "名称", "甲", "乙"),
            sheet("各方", "名称 身份 底线", "局 机构 0", "民 居民 不多"),
            sheet("各方与方案", "一方 填什么 甲 乙", "局 价值 9 8", "民 价值 x 2", "局 心愿 1 1"),
            sheet("协商轮次", "轮次 一方 甲 乙", "1 局 50 60", "头 局 1 1"),
        ]
    )
    found = read_negotiation("协商.xlsx", content)
    problems = said(found)
    assert found.case.subsidy == Decimal(50000)
    assert "工作表“协商” 第 3 行 第 1 列 不认识“怪事”" in problems
    assert "工作表“各方” 第 3 行 第 3 列 “不多”不是数字" in problems
    assert "工作表“各方与方案” 第 3 行 第 3 列 “x”不是数字" in problems
    assert "“心愿”不是能填的内容" in problems
    assert "“头”不是轮次" in problems
    assert [each.code for each in negotiate(found.case).table.stated.options] == ["乙"]


def test_a_workbook_in_english_tells_its_cells_in_english():
    content = workbook(
        [
            sheet("Negotiation", "Item Content", "Subsidy(yuan) 5万元", "Oddity 1"),
            sheet("options", "NAME", "A", "B"),
            sheet("各方", "名称 身份 底线", "bureau 机构 0", "people resident few"),
            sheet(
                "Sides and options",
                "side what A B",
                "bureau worth 9 8",
                "people worth 1 2",
                "people wish 1 1",
            ),
            sheet("scores", "side A B", "bureau 1 1"),
        ]
    )
    found = read_negotiation("talks.xlsx", content)
    problems = said(found)
    assert found.case.subsidy == Decimal(50000)
    assert [each.name for each in found.case.options] == ["A", "B"]
    assert "工作表“Negotiation” 第 3 行 第 1 列 不认识“Oddity”" in problems
    assert "工作表“各方” 第 3 行 第 3 列 “few”不是数字" in problems
    hints = [say(each.hint, "en") for each in found.problems]
    assert "Write one of these: worth, owed by law, offered, acceptable" in hints
    assert "工作表“scores”没有“criterion”这一列" in problems


@pytest.mark.parametrize(
    ("names", "missing"),
    [(("options", "sides"), "sides and options"), (("方案", "各方"), "各方与方案")],
)
def test_a_missing_sheet_is_told_in_the_workbooks_language(names, missing):
    content = workbook([sheet(name, "name", "A") for name in names])
    assert f"没有工作表“{missing}”" in said(read_negotiation("talks.xlsx", content))


@pytest.mark.parametrize(
    "sheets",
    [
        [sheet("别的", "甲 乙", "1 2")],
        [sheet("方案", "名称"), sheet("各方", "名称"), sheet("各方与方案", "一方 填什么")],
        [sheet("方案", "名称", "甲"), sheet("各方", "身份", "机构"), sheet("各方与方案", "一方")],
    ],
)
def test_a_workbook_without_a_case_is_refused_with_reasons(sheets):
    found = read_negotiation("协商.xlsx", workbook(sheets))
    assert found.case is None
    assert found.problems


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "options",
                    "sides",
                    "worth",
                    "scores",
                    "accepts",
                    "rounds",
                    "support",
                    "甲",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(TWO)), JUNK), st.sampled_from(["sides", "options"]))
def test_any_json_at_all_gives_a_case_or_reasons(junk, kept):
    found = read({**junk, kept: TWO[kept]})
    assert found.case is not None or found.problems
    if found.case is not None:
        assert steps(negotiate(found.case))
