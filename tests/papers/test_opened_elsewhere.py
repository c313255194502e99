"""Papers as another program opens them: LibreOffice sets them on A4 with all that they say."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber

from gongzhi.papers.forms import GOAL_DECLARATION, MONITORING_SHEET, as_docx, as_xlsx
from machine import libreoffice
from papers.official_samples import ROAD, WATCHED

NOTE = "已批复 · 2026-01-20 · 存证 №1,204"
A4 = [595, 842]


def set_by_libreoffice(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The text of every page of each file, as LibreOffice prints it."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [libreoffice(), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    paths = [str(folder / name) for name in files]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(folder), *paths],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = {}
    for name in files:
        with pdfplumber.open(folder / f"{Path(name).stem}.pdf") as pdf:
            sides = sorted((round(pdf.pages[0].width), round(pdf.pages[0].height)))
            assert sides == A4, name
            found[name] = [page.extract_text().replace(" ", "") for page in pdf.pages]
    return found


def test_libreoffice_opens_all_that_is_written_with_its_head_on_every_page(tmp_path):
    long = replace(ROAD, indicators=ROAD.indicators * 40)
    pages = set_by_libreoffice(
        tmp_path,
        {
            "goal.docx": as_docx(GOAL_DECLARATION, [long], notes=[NOTE]),
            "goals.xlsx": as_xlsx(GOAL_DECLARATION, [long], notes=[NOTE]),
            "sheet.docx": as_docx(MONITORING_SHEET, [WATCHED], notes=[NOTE]),
            "sheets.xlsx": as_xlsx(MONITORING_SHEET, [WATCHED, WATCHED], notes=[NOTE, NOTE]),
        },
    )
    for name in ("goal.docx", "goals.xlsx"):
        assert len(pages[name]) > 1, name
        assert all("三级指标" in text for text in pages[name]), name
        assert NOTE.replace(" ", "") in pages[name][0], name
    assert "项目支出绩效运行监控表" in pages["sheet.docx"][0]
    assert sum("25.00%" in text for text in pages["sheets.xlsx"]) == 2
