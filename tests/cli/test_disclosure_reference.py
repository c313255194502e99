from gongzhi.cli.disclosure_reference import disclosure
from gongzhi.core.disclosure.stages import STEPS
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.rules.open_data import load_open_data
from house.tree import REPOSITORY


def test_the_page_about_disclosure_is_fresh() -> None:
    page = REPOSITORY / "docs" / "reference" / "disclosure.md"

    assert page.read_text(encoding="utf-8") == disclosure(), "run ./run docs"


def test_the_page_shows_every_kind_and_set_and_draws_every_step() -> None:
    page = disclosure()
    assert all(f"| `{code}` |" in page for code in load_disclosure().kinds)
    assert all(f"| `{code}` |" in page for code in load_open_data().datasets)
    assert all(f"{each.stage} --> {each.to}: {each.verb} (" in page for each in STEPS)
