"""`gongzhi effects`: published answers from the files as published; what it can't do it says."""

import json

import pytest

from gongzhi.cli import files
from real_input import real_input

SIMPLE = "年份,有,甲,乙\n" + "".join(
    f"{2012 + n},{50 + n - (5 if n >= 8 else 0)},{40 + n},{60 + n}\n" for n in range(14)
)


@pytest.fixture
def simple(tmp_path):
    path = tmp_path / "结果.csv"
    path.write_text(SIMPLE, encoding="utf-8")
    return path


def effects(capsys, *given) -> tuple[int, str, str]:
    status = files.main(["effects", *map(str, given)])
    said = capsys.readouterr()
    return status, said.out, said.err


def told(capsys, *given) -> dict:
    status, out, _ = effects(capsys, *given, "--json")
    assert status == 0
    return json.loads(out)


def estimate(found: dict, design: str) -> float:
    return next(each["estimate"] for each in found["designs"] if each["design"] == design)


def test_the_strongest_design_stands_first_with_its_limits(simple, capsys):
    status, out, _ = effects(capsys, simple, "--treated", "有", "--since", "2020", "--lang", "zh")
    assert status == 0
    assert out.splitlines()[0].startswith("合成双重差分: 与对照的组合的变化相比，之后平均低 5")
    assert "前提是" in out.splitlines()[1]


def test_it_speaks_english(simple, capsys):
    _, out, _ = effects(capsys, simple, "--treated", "有", "--since", "2020", "--lang", "en")
    assert "Synthetic difference in differences" in out


@pytest.mark.parametrize(
    "given",
    [
        ("nowhere.csv", "--since", "2020"),
        ("{file}", "--since", "2020-07", "--treated", "有"),
        ("{file}", "--since", "去年", "--treated", "有"),
        ("{file}", "--since", "2020"),
        ("{file}", "--since", "2020", "--treated", "有", "--value", "人均"),
    ],
)
def test_what_it_cant_use_it_says_in_a_line(simple, capsys, given):
    status, out, err = effects(capsys, *(each.format(file=simple) for each in given))
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_a_unit_that_isnt_there_is_said_by_every_design(simple, capsys):
    found = told(capsys, simple, "--treated", "丙", "--since", "2020")
    assert found["strongest"] is None
    assert all(each["why_not"] for each in found["designs"])


@pytest.mark.deep
def test_known_answers_from_the_files_as_published(capsys):
    folder = real_input("impact")
    tobacco = told(
        capsys, folder / "smoking_data.csv", "--unit", "state", "--period", "year",
        "--value", "cigsale", "--treated", "California", "--since", "1989",
    )  # fmt: skip
    assert estimate(tobacco, "differences") == pytest.approx(-27.35, abs=5e-3)
    assert estimate(tobacco, "synthetic_differences") == pytest.approx(-15.60, abs=1e-2)
    assert estimate(tobacco, "synthetic_control") == pytest.approx(-19.6, abs=0.15)
    wage = told(
        capsys, folder / "card-krueger.csv", "--unit", "id", "--period", "d",
        "--value", "fte", "--treated", "nj=1", "--since", "1",
    )  # fmt: skip
    assert wage["strongest"] == "differences"
    assert estimate(wage, "differences") == pytest.approx(2.7536, abs=5e-5)
    basque = told(
        capsys, folder / "basque.csv", "--unit", "regionname", "--period", "year",
        "--value", "gdpcap", "--treated", "Basque Country (Pais Vasco)",
        "--without", "Spain (Espana)", "--since", "1970",
    )  # fmt: skip
    assert estimate(basque, "synthetic_control") == pytest.approx(-0.8946, abs=5e-4)
