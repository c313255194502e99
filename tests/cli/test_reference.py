from gongzhi import __main__ as main
from gongzhi.cli import files, site
from gongzhi.cli.reference import TARGET, reference
from house.tree import REPOSITORY


def test_the_page_about_the_command_line_is_fresh() -> None:
    page = (REPOSITORY / TARGET).read_text(encoding="utf-8")

    assert page == reference(), "run ./run docs"


def test_every_file_command_is_reached_by_its_name_and_stands_in_the_overview() -> None:
    assert set(main.FILE_COMMANDS) == set(files.COMMANDS) == set(site.FILE_COMMANDS)
