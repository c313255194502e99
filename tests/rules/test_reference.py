"""The reference pages say what the data says."""

import pytest

from gongzhi.rules.checks import load_checks
from gongzhi.rules.packs import PACKS
from gongzhi.rules.reference import pages
from machine import REPOSITORY


@pytest.mark.parametrize("name", pages())
def test_a_reference_page_is_fresh(name):
    stored = (REPOSITORY / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert stored == pages()[name], "run ./run docs"


def test_every_code_and_every_pack_has_its_section():
    codes, packs = pages()["finding-codes.md"], pages()["rule-packs.md"]
    assert all(f"### {code}\n" in codes for code in load_checks())
    assert all(f"## {pack}\n" in packs for pack in PACKS)
