from gongzhi.cli.evaluation_reference import evaluation
from gongzhi.core.evaluating.stages import TRANSITIONS
from gongzhi.rules.packs.evaluation import load_evaluation
from house.tree import REPOSITORY


def test_the_page_about_evaluation_is_fresh() -> None:
    page = REPOSITORY / "docs" / "reference" / "evaluation.md"

    assert page.read_text(encoding="utf-8") == evaluation(), "run ./run docs"


def test_the_page_shows_every_kind_and_line_and_draws_every_step() -> None:
    page, rules = evaluation(), load_evaluation("mof-2020-10")
    lines = [line for frame in rules.frames.values() for line in frame.lines]
    assert all(f"| `{kind.code}` |" in page for kind in rules.kinds)
    assert all(f"`{line.code}` {line.name.zh}" in page for line in lines)
    assert all(f"{each.stage} --> {each.to}: {each.verb} (" in page for each in TRANSITIONS)
