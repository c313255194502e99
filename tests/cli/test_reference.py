import sys

import pytest

from gongzhi import __main__ as main
from gongzhi.cli import files, site
from gongzhi.cli.reference import TARGET, reference
from house.tree import REPOSITORY


def test_the_page_about_the_command_line_is_fresh() -> None:
    page = (REPOSITORY / TARGET).read_text(encoding="utf-8")

    assert page == reference(), "run ./run docs"


@pytest.mark.parametrize("name", files.COMMANDS)
def test_a_file_command_is_reached_by_its_name_and_stands_in_the_overview(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []
    monkeypatch.setattr(files, "main", lambda given: reached.extend(given) or 0)
    monkeypatch.setattr(sys, "argv", ["gongzhi", name, "--check"])

    assert main.main() == 0
    assert reached == [name, "--check"]
    assert f"\n  {name} " in site.overview()
