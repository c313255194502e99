from gongzhi.cli.reference import TARGET, reference
from house.tree import REPOSITORY


def test_the_page_about_the_command_line_is_fresh() -> None:
    page = (REPOSITORY / TARGET).read_text(encoding="utf-8")

    assert page == reference(), "run ./run docs"
