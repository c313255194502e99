"""`gongzhi check`: read official forms, score them again, say what is wrong."""

import argparse
import sys
from pathlib import Path

from gongzhi.cli.inputs import Inputs, inputs_of
from gongzhi.cli.outputs import must_be_folder, must_be_writable, write_whole
from gongzhi.cli.progress import Progress
from gongzhi.cli.report import Report
from gongzhi.cli.telling import CannotRun, print_object, show_anyway, spoken, worded
from gongzhi.cli.terminal import Ink, has_colour
from gongzhi.core.scoring import Pack
from gongzhi.core.terms import Said, SaidValues, several
from gongzhi.papers.checking import CheckedFile, check_files
from gongzhi.papers.findings_html import findings_html
from gongzhi.papers.findings_xlsx import findings_xlsx
from gongzhi.papers.letters import letters
from gongzhi.papers.result import as_json
from gongzhi.rules.packs import load_packs

FINE, FAULTY, UNUSABLE = 0, 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `check` takes."""
    add = parser.add_argument
    add(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help=worded("绩效表的文件，或装着它们的文件夹"),
    )
    add("--pack", metavar="NAME", help=worded("规则包；不写时按地方和年度判断"))
    add("--lang", metavar="zh|en", help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))
    add("--html", type=Path, metavar="OUT", help=worded("写一个网页：表还是表，错处标出"))
    add("--xlsx", type=Path, metavar="OUT", help=worded("写一本台账：每张表一行，每个问题一行"))
    add("--letters", type=Path, metavar="DIR", help=worded("给每个单位写一份《修改意见》"))


def run(options: argparse.Namespace) -> int:
    """Check everything given; the exit status says what came of it."""
    language = spoken(options.lang)
    if not options.files:
        raise CannotRun(Said("没有给出文件；例如 gongzhi check 自评表.docx"))
    pack = chosen(options.pack)
    found = inputs_of(options.files)
    ready_to_write(options, found)
    files = checked(found, pack)
    usable = any(file.forms for file in files)
    if options.json:
        print_object(as_json(files, language))
    if not usable:
        raise CannotRun(nothing_usable(files))
    write(options, files, language)
    if not options.json:
        print_report(files, found, options, language)
    findings = (f for file in files for form in file.forms for f in form.findings)
    return FAULTY if any(finding.certain for finding in findings) else FINE


def chosen(name: str | None) -> Pack | None:
    """The pack of that name."""
    if name is None:
        return None
    packs = load_packs()
    if name not in packs:
        told: SaidValues = {"name": name, "known": several(sorted(packs))}
        raise CannotRun(Said("没有规则包 {name}；有：{known}", told))
    return packs[name]


def ready_to_write(options: argparse.Namespace, found: Inputs) -> None:
    """Refuse targets that can't be written before the work begins."""
    for target in (options.html, options.xlsx):
        if target is not None:
            must_be_writable(target, inputs=found.paths)
    if options.letters is not None:
        must_be_folder(options.letters)


def checked(found: Inputs, pack: Pack | None) -> list[CheckedFile]:
    """All files checked, while a bar shows how far it is."""
    progress = Progress(total=len(found.paths))
    try:
        files = check_files(
            paths=found.paths, pack=pack, done=lambda file: progress.step(file.name)
        )
    finally:
        progress.end()
    return [*found.unusable, *files]


def nothing_usable(files: list[CheckedFile]) -> Said:
    """What to say where no form could be read: the first reason, and what to do."""
    first = next((file for file in files if file.problems), None)
    if first is None:
        return Said("没有找到绩效表；请给出 docx、doc、xlsx、xls、pdf、html 或 csv 文件")
    problem = first.problems[0]
    values: dict[str, str | int | Said] = {
        "file": first.name,
        "what": problem.what,
        "hint": problem.hint,
        "count": len(files),
    }
    if len(files) == 1:
        return Said("{file}：{what}；{hint}", {**values})
    return Said("{count} 个文件都没有读出绩效表，例如 {file}：{what}；{hint}", {**values})


def write(options: argparse.Namespace, files: list[CheckedFile], language: str) -> None:
    """The documents asked for."""
    if options.html is not None:
        write_whole(options.html, findings_html(files, language=language))
    if options.xlsx is not None:
        write_whole(options.xlsx, findings_xlsx(files, language=language))
    if options.letters is not None:
        for letter in letters(files, language=language):
            write_whole(options.letters / letter.file_name, letter.content)


def print_report(
    files: list[CheckedFile], found: Inputs, options: argparse.Namespace, language: str
) -> None:
    """The result for a person: of a folder a table, of single files every finding."""
    show_anyway()
    report = Report(language=language, ink=Ink(has_colour(sys.stdout)))
    if found.from_folder:
        print(*report.table(files), "", sep="\n")
        print(*report.unread(files), sep="\n")
    else:
        for file in files:
            print(*report.file(file), sep="\n")
        if len(files) > 1:
            print(*report.table(files), "", sep="\n")
    print(*report.sums(files, passed_over=found.passed_over), sep="\n")
    for target in (options.html, options.xlsx, options.letters):
        if target is not None:
            print(report.written(target))
