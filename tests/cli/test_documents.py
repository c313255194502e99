"""What README and the tutorial show is what the program prints."""

import re
import shlex
from pathlib import Path

import docx
import pytest

from cli.checked import check
from gongzhi.city.forms import sample_form
from gongzhi.papers.reading import read_file
from machine import REPOSITORY

SAMPLE = REPOSITORY / "docs" / "tutorials" / "sample-form.docx"
PAGES = ["README.md", "README.zh-CN.md", "docs/tutorials/check-your-first-form.md"]
CONSOLE = re.compile(r"```console\n\$ ./run gongzhi check (.+)\n((?:.+\n)+)```")


def corrected(folder: Path) -> Path:
    """The tutorial's form with the corrections that its third step tells."""
    document = docx.Document(SAMPLE)
    table = document.tables[0]
    [row] = [row for row in table.rows if "家长知道政策的比例" in row.cells[2].text]
    row.cells[6].text, row.cells[7].text = "9.8", "有新生家长没有收到宣传单"
    table.rows[-1].cells[6].text = "96.8"
    path = folder / "改正.docx"
    document.save(path)
    return path


def shown(page: str) -> list[tuple[str, str]]:
    """The commands of a page with what they are said to print."""
    return CONSOLE.findall((REPOSITORY / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_the_program_prints(page: str) -> None:
    examples = shown(page)

    assert examples
    for command, lines in examples:
        printed = iter(check(*shlex.split(command), folder=REPOSITORY).stdout.splitlines())
        missing = [line for line in lines.splitlines() if line not in printed]  # in this order
        assert missing == []


def test_the_tutorial_s_form_is_one_of_the_demo_s() -> None:
    [form] = read_file(SAMPLE.name, SAMPLE.read_bytes()).forms

    assert form.project == sample_form("008").project
    assert form.stated_total == sample_form("008").stated_total


def test_the_tutorial_s_correction_corrects(tmp_path: Path) -> None:
    done = check(corrected(tmp_path), "--lang", "en")

    assert done.returncode == 0
    assert "Arithmetic faults: 0" in done.stdout
