"""The rules for laying out next year's money: every pack's, and what a bad file is told."""

import pytest

from gongzhi.rules.entry import BadRules
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.allocation import allocation_packs, load_allocation, read_allocation
from gongzhi.rules.packs.folders import ROOM, USUAL
from gongzhi.rules.packs.results import load_results

USUAL_TEXT = (ROOM / USUAL / "allocation.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("pack", sorted(load_packs()))
def test_every_pack_has_rules_with_dates_and_sources(pack):
    found = load_allocation(pack)
    assert found.clause == "4.17"
    assert found.cited.text.zh
    assert set(found.bands) == {*found.rules.bands, ""}


@pytest.mark.parametrize("pack", allocation_packs())
def test_a_ceiling_never_lies_above_what_the_use_of_results_leaves(pack):
    cuts = load_results(pack).grades
    for grade, band in load_allocation(pack).rules.bands.items():
        if cuts[grade].cut:
            assert band.ceiling <= 1 - cuts[grade].cut


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("segments = [1, 0.6, 0.3]", "segments = [0.3, 1]"),
        ("floor = 0.95", "floor = 1.01"),
        ("floor = 0.70\nceiling = 0.90", "floor = 0.70\nceiling = 0.60"),
        ('grade = "差"', 'grade = "劣"'),
        ("ordered = true", ""),
        ("regional_least = 0.80", "regional_least = 8"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(tmp_path, old, new):
    folder = tmp_path / USUAL
    folder.mkdir()
    path = folder / "allocation.toml"
    assert old in USUAL_TEXT
    path.write_text(USUAL_TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(BadRules):
        read_allocation(path)
