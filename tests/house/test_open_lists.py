"""Every file of an open list is on its list, with its table and its text in both languages."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from gongzhi.core.audit.checks import CHECKS
from gongzhi.core.goals import GOAL_CHECKS
from gongzhi.core.indicators import KINDS
from gongzhi.core.monitoring import SIGNALS
from gongzhi.core.scoring.limits import Limits
from gongzhi.rules.checks import load_checks
from gongzhi.rules.checks.reading import load_limits
from gongzhi.rules.packs import PACKS, load_packs
from house.tree import REPOSITORY, SOURCE

CHINESE = re.compile(r"[\u3400-\u9fff]")
SPEC = REPOSITORY / "tests" / "spec"
README_ORDER = [
    *("W1", "W2", "W3", "W4", "T1", "T2", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "Z1"),
    *("V1", "M1", "S1", "S2", "S3", "S4", "S5", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "P1"),
]


def entries(folder: Path, constant: str) -> list[str]:
    """The modules of a folder that hold an entry of its list."""
    return sorted(
        path.stem
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id == constant for name in node.targets)
    )


def entries_with_types(folder: Path, constant: str) -> list[str]:
    """The same where entries say their type: `PAPER: Paper[Value] = …`."""
    return sorted(
        path.stem
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == constant
    )


def listed(path: Path, constant: str) -> list[str]:
    """The modules whose entries a list names, like `due.KIND`."""
    names = re.findall(rf"^    (\w+)\.{constant},$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(names)


def test_every_kind_of_indicator_is_on_its_list():
    room = SOURCE / "core" / "indicators"
    assert entries(room, "KIND") == listed(room / "__init__.py", "KIND")


def test_every_check_is_on_its_list():
    room = SOURCE / "core" / "audit"
    assert entries(room, "CHECK") == listed(room / "checks.py", "CHECK")


def test_every_signal_is_on_its_list():
    room = SOURCE / "core" / "monitoring"
    assert entries(room, "SIGNAL") == listed(room / "watches.py", "SIGNAL")


def test_every_official_paper_is_on_its_list():
    room = SOURCE / "papers"
    assert entries_with_types(room, "PAPER") == listed(room / "forms.py", "PAPER")


def test_every_check_of_goals_is_on_its_list():
    room = SOURCE / "core" / "goals" / "checks"
    assert entries(room, "CHECK") == listed(room / "__init__.py", "CHECK")


def test_every_check_of_goals_has_its_table_and_the_name_of_its_file():
    names = sorted(check.code for check in GOAL_CHECKS)
    assert names == sorted(path.stem for path in SPEC.glob("goals/*.md"))
    assert names == entries(SOURCE / "core" / "goals" / "checks", "CHECK")


def test_every_pack_is_on_its_list():
    folders = {path.parent.name for path in (SOURCE / "rules" / "packs").glob("*/*.toml")}
    assert folders == set(PACKS) == set(load_packs())


def test_every_kind_has_its_table():
    assert {kind.name for kind in KINDS} == {path.stem for path in SPEC.glob("indicators/*.md")}


def test_every_signal_has_its_table_and_the_name_of_its_file():
    names = sorted(each.code for each in SIGNALS)
    assert names == sorted(path.stem for path in SPEC.glob("monitoring/*.md"))
    assert names == entries(SOURCE / "core" / "monitoring", "SIGNAL")


def test_a_kind_has_the_name_of_its_file():
    assert sorted(kind.name for kind in KINDS) == entries(SOURCE / "core" / "indicators", "KIND")


def test_every_code_has_its_table():
    assert {check.code for check in CHECKS} == {path.stem for path in SPEC.glob("audit/*.md")}


def test_codes_stand_in_the_order_of_the_rules_hints_last():
    codes = [check.code for check in CHECKS]
    assert codes[: len(README_ORDER)] == README_ORDER
    assert all(code.startswith("H-") for code in codes[len(README_ORDER) :])


def test_hints_are_never_certain():
    assert not any(check.certain for check in CHECKS if check.code.startswith("H-"))


@pytest.mark.parametrize("rule", load_checks().values(), ids=load_checks())
def test_every_code_is_explained_in_both_languages(rule):
    for text in (rule.name, rule.text):
        assert CHINESE.search(text.zh)
        assert re.search("[a-z]{3}", text.en)
    # What stands on the form itself may be quoted in Chinese.
    assert not CHINESE.search(re.sub("“[^”]*”|≥100百分比|显著|有效|及时", "", rule.text.en))


def test_every_threshold_is_data_and_used():
    names = [limit.name for limit in load_limits()]
    assert sorted(names) == sorted(Limits.__dataclass_fields__)
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ("audit", "scoring")
        for path in (SOURCE / "core" / room).glob("*.py")
        if path.name != "limits.py"
    )
    unused = [name for name in names if not re.search(rf"limits\.{name}\b", code)]
    assert unused == []


def test_every_code_that_a_threshold_names_exists():
    known = set(load_checks())
    assert [code for limit in load_limits() for code in limit.codes if code not in known] == []


def test_rules_are_written_in_toml_that_others_can_read():
    for path in (SOURCE / "rules").rglob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path
