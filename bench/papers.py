"""P12: self-evaluations as Word documents and PDF, one evaluation report as PDF; how they grow.

    ./run bench papers [papers…]

The peer is python-docx itself, in the same run: the same rows and columns of text in plain tables,
without merged cells, heads that repeat, or numbered pages. The peer of the PDF is LibreOffice,
which converts the same Word document; asked is a tenth of its time. The peak is that of this
process so far, LibreOffice apart: memory is flat where it doesn't grow with the papers.

A report is that of 17 lines by two evaluators with its chart; its first PDF loads the type face,
those after it don't. Equal papers are equal bytes (tests/papers/test_official_papers.py,
tests/papers_out/test_report.py).
"""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from measuring import fingerprint, seconds, table

from gongzhi.core.official import MoneyLine, Sources
from gongzhi.core.reporting import Chapter, drafted
from gongzhi.core.self_evaluating import EvaluatedIndicator, SelfEvaluation
from gongzhi.papers.forms import SELF_EVALUATION, as_docx, as_pdf
from gongzhi.papers.report import ReportPaper
from gongzhi.papers.report_docx import report_docx
from gongzhi.papers.report_pdf import report_pdf

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from core.reporting.reported import facts

SIZES = (1, 100)
INDICATORS = 10
TIMES = 5
SPENT = MoneyLine(
    initial=Decimal(1_200_000), adjusted=Decimal(1_200_000), paid=Decimal("1134567.89")
)
LINE = EvaluatedIndicator(
    level1="产出指标", level2="数量指标", name="改造排水管网长度", target="≥120公里",
    done="118.5公里", weight=Decimal(9), score=Decimal("8.89"), reason="汛期停工，已顺延到次年一月",
)  # fmt: skip


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = ["self-evaluations", "docx s", "cpu s", "python-docx s", "cpu s", "kB each"]
    print(table(heads, [measured(size) for size in sizes]), "\n")
    heads = ["self-evaluations", "PDF s", "cpu s", "LibreOffice s", "cpu s", "peak MB"]
    print(table(heads, [printed(size) for size in sizes]), "\n")
    heads = ["one report", "first s", "cpu s", "again s", "cpu s", "kB"]
    print(table(heads, reports()))


def measured(size: int) -> list[str]:
    papers = [sheet(number) for number in range(size)]
    written: list[bytes] = []
    ours = cost(lambda: written.append(as_docx(SELF_EVALUATION, papers)))
    theirs = cost(lambda: bare(papers))
    return [f"{size:,}", *ours, *theirs, f"{len(written[0]) / 1024 / size:.1f}"]


def printed(size: int) -> list[str]:
    """The same as PDF, beside LibreOffice where the machine has it."""
    papers = [sheet(number) for number in range(size)]
    word = as_docx(SELF_EVALUATION, papers)
    ours = cost(lambda: as_pdf(SELF_EVALUATION, papers))
    theirs = cost(lambda: converted(word)) if shutil.which("soffice") else ["—", "—"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [f"{size:,}", *ours, *theirs, f"{peak:.0f}"]


def converted(word: bytes) -> None:
    """A Word document as LibreOffice makes it a PDF, in a home of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "papers.docx"
        path.write_bytes(word)
        own = f"-env:UserInstallation=file://{folder}/profile"
        asked = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(asked, check=True, capture_output=True)


def busy() -> float:
    """Processor seconds of this process and of the programs that it ran."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def cost(work: Callable[[], object]) -> list[str]:
    """Seconds by the clock, and of the processor: the clock also counts what others do."""
    before = busy()
    wall = seconds(work)
    return [f"{wall:.2f}", f"{busy() - before:.2f}"]


def sheet(number: int) -> SelfEvaluation:
    """A self-evaluation of ten lines."""
    return SelfEvaluation(
        project=f"老旧小区排水改造（{number}）", code=f"330100260T{number:012}",
        department="云河市住房和城乡建设局", unit="云河市排水管理中心", year=2026,
        money=Sources(total=SPENT, fiscal=SPENT, carried=MoneyLine(), other=MoneyLine()),
        execution_weight=Decimal(10), execution_score=Decimal("9.45"),
        goal="改造管网 120 公里，消除易涝点 12 处", goal_done="改造管网 118.5 公里，消除 12 处",
        indicators=tuple(replace(LINE, name=f"{LINE.name}{at}") for at in range(INDICATORS)),
    )  # fmt: skip


def bare(papers: Sequence[SelfEvaluation]) -> bytes:
    """The same texts by python-docx alone: a heading, a table of eight columns."""
    document = docx.Document()
    for paper in papers:
        document.add_heading(paper.project)
        grid = document.add_table(rows=11 + len(paper.indicators), cols=8)
        for row in grid.rows[:11]:
            for cell in row.cells:
                cell.text = paper.unit
        for row, line in zip(grid.rows[11:], paper.indicators, strict=True):
            texts = (
                line.level1, line.level2, line.name, line.target, line.done, str(line.weight),
                str(line.score), line.reason,
            )  # fmt: skip
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_page_break()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def reports() -> list[list[str]]:
    paper = ReportPaper(
        about="滨江大桥 2026 年",
        notes=("云河市财政局 · 已签发",),
        drafted=drafted(facts()),
        own={Chapter.ADVICE: "建议把验收提前，综合得分{综合得分}分。"},
    )
    rows = []
    for name, write in (("PDF", report_pdf), ("Word", report_docx)):
        written: list[bytes] = []
        first = cost(partial(lambda write, kept: kept.append(write(paper)), write, written))
        again = sorted(cost(partial(write, paper)) for _ in range(TIMES))[TIMES // 2]
        rows.append([name, *first, *again, f"{len(written[0]) / 1024:.0f}"])
    return rows


if __name__ == "__main__":
    main()
