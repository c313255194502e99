"""`gongzhi negotiate`: the old town from JSON and from the template; what it can't do it says."""

import json
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from gongzhi.cli import files

OLD_TOWN = Path(__file__).parents[2] / "docs" / "tutorials" / "old-town.json"
WAN = 10_000


@pytest.fixture
def template(tmp_path, capsys):
    path = tmp_path / "协商.xlsx"
    assert negotiate(capsys, "--template", path)[0] == 0
    return path


def negotiate(capsys, *given) -> tuple[int, str, str]:
    status = files.main(["negotiate", *map(str, given)])
    said = capsys.readouterr()
    return status, said.out, said.err


def told(capsys, *given) -> dict:
    status, out, err = negotiate(capsys, *given, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def written(tmp_path, **changes) -> Path:
    data = json.loads(OLD_TOWN.read_text(encoding="utf-8"))
    path = tmp_path / "协商.json"
    path.write_text(json.dumps(data | changes, ensure_ascii=False), encoding="utf-8")
    return path


def test_nobody_leaves_the_old_town_worse_off_and_each_yuan_has_a_payer(capsys):
    found = told(capsys, OLD_TOWN)
    fairest, largest = found["proposals"]
    assert (fairest["rule"], largest["rule"]) == ("fairest", "largest_total")
    assert (fairest["option"], largest["option"]) == ("rebuild", "together")
    for each in (fairest, largest, largest["evenly"]):
        assert sum(each["payments"].values()) == each["subsidy"] == 0
        assert all(gain is None or gain >= 0 for gain in each["gains"].values())
        sums = dict.fromkeys(each["payments"], 0)
        for transfer in each["transfers"]:
            sums[transfer["payer"]] -= transfer["amount"]
            sums[transfer["payee"]] += transfer["amount"]
        assert sums == each["payments"]
    assert largest["payments"]["district"] == -108 * WAN
    why = found["shortlist"]["why_none_without"]
    assert why["smallest_concession"] == {
        "option": "repair",
        "gives": {"builder": 20 * WAN},
        "missing": 0,
        "has_to_offer_more_to": [],
    }
    assert [step["number"] for step in found["steps"]] == list(range(8))
    assert found["sides"][3]["consistency_ratio"] < 0.1


def test_the_template_is_an_example_that_can_be_computed(capsys, template):
    found = told(capsys, template)
    assert found["problems"] == []
    assert found["proposals"][1]["option"] == "合作更新"
    assert found["talks"]["rounds"][1]["closeness"] > found["talks"]["rounds"][0]["closeness"]
    status, out, err = negotiate(capsys, "--template", template)
    assert (status, out) == (2, "")
    assert "已经有了" in err


def cells(path: Path) -> list[str]:
    book = load_workbook(path)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [*book.sheetnames, *(str(cell) for row in rows for cell in row)]


def test_the_english_template_holds_the_same_example(capsys, tmp_path, template):
    english = tmp_path / "talks.xlsx"
    status, out, _ = negotiate(capsys, "--template", english, "--lang", "en")
    assert (status, out) == (0, f"Written: {english}\n")
    assert [each for each in cells(english) if any(sign >= "\u3000" for sign in each)] == []
    found, chinese = (told(capsys, path) for path in (english, template))
    assert found["problems"] == []
    assert [each["option"] for each in found["proposals"]] == ["Rebuild", "Renew together"]
    for name in ("total", "payments", "gains", "subsidy"):
        one, other = (
            [_amounts(each[name]) for each in told["proposals"]] for told in (found, chinese)
        )
        assert one == other
    assert found["objecting"]["until"] == chinese["objecting"]["until"]
    assert found["talks"]["rounds"][0]["closeness"] == chinese["talks"]["rounds"][0]["closeness"]
    assert len(found["talks"]["dissents"]) == len(chinese["talks"]["dissents"]) == 1
    assert _amounts(found["shared_costs"][0]["shares"]) == _amounts(
        chinese["shared_costs"][0]["shares"]
    )


def _amounts(told) -> list:
    """Amounts without the names, which differ by language."""
    return list(told.values()) if isinstance(told, dict) else [told]


def test_it_speaks_both_languages(capsys):
    _, out, _ = negotiate(capsys, OLD_TOWN, "--lang", "zh", "--nash")
    assert "4 并列的建议" in out
    assert "得益的乘积最大（纳什）" in out
    _, out, _ = negotiate(capsys, OLD_TOWN, "--lang", "en", "--nash")
    assert "Proposals side by side" in out
    assert "Largest product of gains (Nash)" in out


def test_the_largest_smallest_gain_is_told_where_it_is_asked_for(capsys, tmp_path):
    """Of 10 and 60, 20 and 30, 24 and 25: Kalai–Smorodinsky takes the second, this the last."""
    talks = {
        "name": "试",
        "options": ["甲", "乙", "丙"],
        "sides": [
            {"name": "局", "limit": 0, "pays_most": 0, "worth": {"甲": 10, "乙": 20, "丙": 24}},
            {"name": "厂", "limit": 0, "pays_most": 0, "worth": {"甲": 60, "乙": 30, "丙": 25}},
        ],
    }
    file = tmp_path / "试.json"
    file.write_text(json.dumps(talks), encoding="utf-8")
    _, out, _ = negotiate(capsys, file, "--json", "--egalitarian", "--nash")
    chosen = {each["rule"]: each["option"] for each in json.loads(out)["proposals"]}
    assert chosen == {
        "fairest": "乙",
        "largest_total": "甲",
        "nash": "乙",
        "egalitarian": "丙",
    }
    _, out, _ = negotiate(capsys, file, "--egalitarian", "--lang", "zh")
    assert "得益最少的一方得益最大（平等主义）" in out
    talks["sides"][0]["measure"] = "points"
    file.write_text(json.dumps(talks), encoding="utf-8")
    _, out, _ = negotiate(capsys, file, "--egalitarian", "--lang", "zh")
    assert "各方的价值不都用一种计量，各方的得益比不出多少" in out


def test_the_page_stands_alone_and_keeps_limits_of_residents_back(capsys, tmp_path):
    page = tmp_path / "结果.html"
    assert negotiate(capsys, OLD_TOWN, "--html", page)[0] == 0
    tree = html.parse(str(page))
    assert not tree.xpath("//script | //link | //img | //@src")
    assert len(tree.xpath("//svg")) == 3
    tables = tree.xpath("//table")
    assert len(tables) == 4
    assert "“房主”比底线多得" not in tree.getroot().text_content()
    assert "不低于底线（底线不公开）" in tree.getroot().text_content()
    assert negotiate(capsys, OLD_TOWN, "--html", page, "--show-limits", "--lang", "en")[0] == 0
    assert "1,000,000 yuan" in html.parse(str(page)).getroot().text_content()


def test_one_number_changed_says_what_differs(capsys):
    found = told(capsys, OLD_TOWN, "--change", "builder/limit=30万")
    assert "不付补偿的名单多了“修缮保留”" in found["differences"]
    _, out, _ = negotiate(capsys, OLD_TOWN, "--change", "铺主/价值/合作更新=0")
    assert "“合计最大，并给补偿”不再：“区政府（改造单位）”付给“铺主” 600,000 元" in out


@pytest.mark.parametrize(
    "change",
    ["x", "builder/limit", "moon/limit=1", "builder/worth=1", "builder/limit/repair=1",
     "builder/worth/moon=1", "builder/limit=abc", "builder/limit=", "home/pays_most=5",
     "builder/weight=0", "builder/limit=NaN"],
)  # fmt: skip
def test_a_change_that_makes_no_sense_is_refused(capsys, change):
    status, out, err = negotiate(capsys, OLD_TOWN, "--change", change)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_what_can_not_be_used_is_told_with_its_place_and_the_rest_computed(capsys, tmp_path):
    path = written(tmp_path, subsidy="很多", close_enough=7, extra=1)
    status, out, _ = negotiate(capsys, path)
    assert status == 1
    assert "subsidy：“很多”不是数字" in out
    assert "close_enough：“7”应在 0 与 1 之间" in out
    assert "extra：不认识的键" in out
    assert "合作更新" in out


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "[1]", '"x"', "{}", '{"options": 3}', '{"sides": {}}', "[" * 100_000,
     '{"options": ["甲"], "sides": [{"name": "一"}]}',
     '{"options": ["甲"], "sides": [{"name": "一", "worth": {"甲": NaN}}, {"name": "二"}]}',
     '{"options": ["甲"], "sides": [{"name": "一", "worth": {"甲": 1e999999}}, 5]}',
     "名称,身份\n甲,机构\n", "\x00\x01"],
)  # fmt: skip
def test_a_file_that_holds_no_case_is_refused_in_sentences(capsys, tmp_path, content):
    path = tmp_path / "坏.json"
    path.write_text(content, encoding="utf-8")
    status, out, err = negotiate(capsys, path)
    assert (status, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_hostile_names_stay_texts(capsys, tmp_path):
    path, page = tmp_path / "名.json", tmp_path / "名.html"
    sides = [
        {"name": "一{side}", "worth": {"<script>": 1, "\ud800{x}": 2}, "limit": 0},
        {"name": "二\x00", "worth": {"<script>": 2, "\ud800{x}": 1}, "limit": 0},
    ]
    data = {"name": "{name}", "options": ["<script>", "\ud800{x}"], "sides": sides}
    path.write_text(json.dumps(data), encoding="ascii")
    assert negotiate(capsys, path, "--html", page)[0] == 0
    assert not html.parse(str(page)).xpath("//script")
    assert json.loads(negotiate(capsys, path, "--json")[1])["options"][0]["name"] == "<script>"


@pytest.mark.parametrize(
    "given", [(), ("nowhere.json",), ("--template", "x.doc"), ("--lang", "fr"), (".",)]
)
def test_a_command_that_can_not_be_done_is_refused(capsys, given):
    status, out, err = negotiate(capsys, *given)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_a_subsidy_may_be_supposed_too(capsys):
    _, out, _ = negotiate(capsys, OLD_TOWN, "--change", "外部补助=200万")
    assert out
    status, _, err = negotiate(capsys, OLD_TOWN, "--change", "builder/subsidy=200")
    assert (status, err.count("\n")) == (2, 1)
