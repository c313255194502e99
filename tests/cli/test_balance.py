"""`gongzhi allocate`, `equity`, `efficiency`: whole answers from small files, and bad ones told."""

import json
from decimal import Decimal

import pytest

from gongzhi.cli import files

PLACES = """学校,片区,经费,学生数,需求
甲小学,东,100,100,120
乙小学,东,300,100,100
丙小学,西,200,100,180
"""
UNITS = "医院,投入：医生,投入：床位,产出：门诊\n甲,10,20,100\n乙,10,20,50\n丙,20,20,100\n"
CASE = {
    "total": 205,
    "projects": [
        {"id": "甲", "department": "水利局", "base": 100, "asked": 115, "score": 100},
        {"id": "乙", "department": "教育局", "base": "100", "asked": 115.00, "score": 90},
    ],
}


def called(capsys, *given) -> tuple[int, str, str]:
    status = files.main(list(map(str, given)))
    said = capsys.readouterr()
    return status, said.out, said.err


def written(folder, name: str, content) -> str:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_equity_per_head_and_per_need_between_districts_and_within(tmp_path, capsys):
    path = written(tmp_path, "学校.csv", PLACES)
    status, out, _ = called(capsys, "equity", path, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["per_head"]["gini"] == pytest.approx(2 / 9)
    theil = found["per_head"]["theil"]
    assert theil["between"] == pytest.approx(0)
    assert theil["within"] == pytest.approx(theil["total"])
    assert found["per_need"]["places"][0]["name"] == "甲小学"
    assert found["per_head"]["lorenz"][-1] == [1.0, 1.0]


def test_equity_in_words_and_english(tmp_path, capsys):
    path = written(tmp_path, "学校.csv", PLACES)
    _, out, _ = called(capsys, "equity", path)
    assert "“乙小学”最多，是最少的“甲小学”的 3.00 倍" in out
    _, out, _ = called(capsys, "equity", path, "--lang", "en")
    assert "3.00 times what “甲小学” has" in out


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("学校,经费,学生数\n甲,-1,5\n", "第 2 行第 2 列"),
        ("学校,经费,学生数\n甲,NaN,5\n", "第 2 行第 2 列"),
        ("学校,经费,学生数\n甲,1,0\n", "第 2 行第 3 列"),
        ("学校,经费,学生数\n甲,,5\n", "第 2 行第 2 列"),
        ("学校,经费,学生数\n甲,1,5\n甲,2,5\n", "第 3 行第 1 列"),
        ("学校,经费,学生数\n甲,0,5\n", "都是零"),
        ("学校,经费\n甲,1\n", "人数"),
        ("学校,经费,学生数\n", "没有数据"),
    ],
)
def test_equity_of_a_bad_file_says_what_and_where(tmp_path, capsys, content, named):
    status, out, err = called(capsys, "equity", written(tmp_path, "坏.csv", content), "--json")
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.strip().splitlines()) == 1


def test_efficiency_with_peers_and_both_usual_scores(tmp_path, capsys):
    path = written(tmp_path, "医院.csv", UNITS)
    status, out, _ = called(capsys, "efficiency", path, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["inputs"] == ["医生", "床位"]
    first, second, third = found["units"]
    assert first["on_frontier"]
    assert second["ccr"] == pytest.approx(0.5)
    assert second["bcc"] == pytest.approx(1.0)
    assert third["input_slacks"]["医生"] == pytest.approx(10.0)
    assert third["peers"][0]["name"] == "甲"


def test_efficiency_by_named_columns_and_outputs(tmp_path, capsys):
    path = written(tmp_path, "医院.csv", "name,doctors,visits\na,10,100\nb,10,50\n")
    columns = ("--input", "doctors", "--output", "visits", "--orientation", "output")
    status, out, _ = called(capsys, "efficiency", path, *columns, "--json")
    assert status == 0
    assert [each["factor"] for each in json.loads(out)["units"]] == pytest.approx([1.0, 2.0])
    status, out, err = called(capsys, "efficiency", path, "--input", "beds", "--output", "visits")
    assert status == 2
    assert "beds" in err


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("医院,投入：医生,产出：门诊\n甲,0,1\n乙,1,1\n", "甲"),
        ("医院,投入：医生,产出：门诊\n甲,1,0\n", "甲"),
        ("医院,投入：医生,产出：门诊\n甲,-1,1\n", "第 2 行第 2 列"),
        ("医院,投入：医生,产出：门诊\n甲,nan,1\n", "第 2 行第 2 列"),
        ("医院,投入：医生,产出：门诊\n甲,1,1\n甲,1,1\n", "第 3 行第 1 列"),
        ("医院,医生,门诊\n甲,1,1\n", "看不出"),
    ],
)
def test_efficiency_of_a_bad_file_says_what_and_where(tmp_path, capsys, content, named):
    status, out, err = called(capsys, "efficiency", written(tmp_path, "坏.csv", content))
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.strip().splitlines()) == 1


def test_efficiency_of_one_unit_is_a_result(tmp_path, capsys):
    path = written(tmp_path, "一.csv", "医院,投入：医生,产出：门诊\n甲,3,4\n")
    status, out, _ = called(capsys, "efficiency", path, "--json")
    assert status == 0
    assert json.loads(out)["units"][0]["score"] == 1


def test_allocation_adds_up_to_the_fen_and_says_what_binds(tmp_path, capsys):
    path = written(tmp_path, "安排.json", CASE)
    status, out, _ = called(capsys, "allocate", path, "--json")
    found = json.loads(out)
    assert status == 0
    assert {e["id"]: e["amount"] for e in found["projects"]} == {"甲": "105.00", "乙": "100.00"}
    assert sum(Decimal(each["amount"]) for each in found["projects"]) == Decimal(found["together"])
    assert found["left"] == "0.00"
    assert all(each["why"] for each in found["projects"])
    assert [each["binding"] for each in found["projects"]] == ["total", "floor"]


def test_allocation_from_the_template_as_a_workbook(tmp_path, capsys):
    path = tmp_path / "安排.xlsx"
    assert called(capsys, "allocate", path, "--template")[:2] == (0, f"写好了：{path}\n")
    status, out, _ = called(capsys, "allocate", path, "--json")
    found = json.loads(out)
    assert status == 0
    amounts = [each["amount"] for each in found["projects"]]
    assert amounts == ["1260000.00", "800000.00"]
    assert found["projects"][1]["binding"] == "rigid"
    status, out, _ = called(capsys, "allocate", path)
    assert "刚性支出" in out
    assert called(capsys, "allocate", path, "--template")[0] == 2
    english = tmp_path / "template.xlsx"
    assert called(capsys, "allocate", english, "--template", "--lang", "en")[0] == 0
    _, out, _ = called(capsys, "allocate", english, "--json")
    assert [each["amount"] for each in json.loads(out)["projects"]] == amounts


def test_allocation_what_if_says_who_gains_and_who_loses(tmp_path, capsys):
    before = written(tmp_path, "前.json", CASE)
    less = {**CASE, "total": 203}
    after = written(tmp_path, "后.json", less)
    _, out, _ = called(capsys, "allocate", after, "--compare", before, "--json")
    changes = json.loads(out)["differences"]
    assert [each["difference"] for each in changes["projects"]] == ["-2.00"]
    _, out, _ = called(capsys, "allocate", after, "--compare", before)
    assert "甲 甲 -2.00" in out


def test_limits_that_exclude_each_other_are_named(tmp_path, capsys):
    rigid = {"id": "刚", "base": 300, "asked": 300, "rigid": True}
    case = {**CASE, "projects": [*CASE["projects"], rigid]}
    status, out, _ = called(capsys, "allocate", written(tmp_path, "难.json", case), "--json")
    found = json.loads(out)
    assert status == 1
    assert found == {"possible": False, "lacking": "95.00", "excluding": found["excluding"]}
    assert "总额 205 元" in found["excluding"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"total": None}, "总额"),
        ({"total": -5}, "小于零"),
        ({"projects": []}, "没有项目"),
        ({"projects": [{"id": "甲", "base": 1, "asked": "很多"}]}, "“projects”第 1 行"),
        ({"projects": [{"id": "甲", "base": 1, "asked": float("nan")}]}, "“projects”第 1 行"),
        ({"projects": [{"id": "甲", "base": 1, "asked": -1}]}, "“projects”第 1 行"),
        ({"projects": [{"id": "甲", "base": 1}]}, "申请数"),
        ({"projects": [{"id": "甲", "base": 1, "asked": 1}] * 2}, "甲"),
        ({"projects": [{"id": "甲", "base": 1, "asked": 1, "score": 101}]}, "0 到 100"),
        ({"projects": [{"id": "甲", "base": 1, "asked": 1, "grade": "甲等"}]}, "甲等"),
        ({"projects": [{"id": "甲", "base": 1, "asked": 1, "rigid": "也许"}]}, "也许"),
        ({"projects": "甲"}, "projects"),
        ({"limits": [{"of": "街道", "name": "甲"}]}, "街道"),
        ({"limits": [{"of": "部门", "name": "没有的", "most": 1}]}, "没有的"),
        ({"limits": [{"of": "部门", "name": "教育局", "least": 2, "most": 1}]}, "下限大于上限"),
        ({"regions": [{"name": "东", "heads": 0}]}, "人口"),
        ({"step": 0.3}, "最小单位"),
        ({"rules": {"bands": {"优": {"floor": 2, "ceiling": 1}}}}, "bands"),
        ({"rules": {"segments": [0.5, 1]}}, "segments"),
    ],
)
def test_a_bad_allocation_says_what_and_where(tmp_path, capsys, change, named):
    path = written(tmp_path, "坏.json", {**CASE, **change})
    status, out, err = called(capsys, "allocate", path)
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.strip().splitlines()) == 1


def test_bands_and_segments_may_stand_in_the_file(tmp_path, capsys):
    bands = {"优": {"floor": 0.5, "ceiling": 2}}
    case = {**CASE, "rules": {"bands": bands, "segments": [1]}}
    _, out, _ = called(capsys, "allocate", written(tmp_path, "自定.json", case), "--json")
    found = json.loads(out)
    assert {e["id"]: e["amount"] for e in found["projects"]} == {"甲": "115.00", "乙": "90.00"}
