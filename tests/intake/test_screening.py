"""A file that is to be kept: known by its content, refused when it is marked as secret."""

import pytest

from gongzhi.core.terms import Problem
from gongzhi.intake.screening import ScreenedFile, screened
from intake.test_portable import SCANNED, pdf


def test_a_scan_is_kept_and_its_sender_told_that_nobody_read_it():
    kept = screened("盖章件.pdf", pdf(SCANNED))

    assert isinstance(kept, ScreenedFile)
    assert [note.hint.text for note in kept.notes] == [
        "没有核对里面有没有密级标志；请先确认不含国家秘密"
    ]


def test_a_table_is_kept_as_it_is():
    content = "项目名称,某项目\n".encode("gb18030")

    kept = screened("表.csv", content)

    assert isinstance(kept, ScreenedFile)
    assert (kept.content, kept.kind, kept.notes) == (content, "csv", ())


@pytest.mark.parametrize("mark", ["绝密★长期", "机密★10年", "秘密★", "内部资料"])
def test_what_is_marked_is_refused_with_whom_to_tell(mark: str):
    refused = screened("表.csv", f"{mark}\n项目名称,某项目\n".encode())

    assert isinstance(refused, Problem)
    assert "保密工作机构" in refused.hint.text


def test_a_wrong_ending_is_told_and_the_file_kept_by_its_content():
    kept = screened("表.docx", "项目名称,某项目\n".encode())

    assert isinstance(kept, ScreenedFile)
    assert kept.kind == "csv"
    assert len(kept.notes) == 1
