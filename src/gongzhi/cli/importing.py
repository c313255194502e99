"""`gongzhi import`: what it takes, and `--check`: read files of records, say what would come in."""

import argparse
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from gongzhi.cli.import_report import as_json, report
from gongzhi.cli.import_template import known_kind, write_template
from gongzhi.cli.outputs import must_be_writable, write_whole
from gongzhi.cli.reading import said_of, unusable
from gongzhi.cli.telling import CannotRun, print_object, show_anyway, spoken, worded
from gongzhi.connectors.amounts import money
from gongzhi.connectors.days import ORDERS
from gongzhi.connectors.mapping import Mapping
from gongzhi.connectors.mapping_record import mapping_as_text, mapping_from_text
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Tried, Wanted, try_file
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Problem, Said
from gongzhi.papers.paths import printable, unreadable

FINE, FAULTY = 0, 1
MAPPING_BYTES_MAX = 1_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `import --check` takes."""
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help=worded("CSV、工作簿或 JSON 文件"))
    add("--check", action="store_true", help=worded("只试读，什么也不写入"))
    add("--mapping", type=Path, metavar="FILE", help=worded("列对应，TOML 或 JSON；不写时自动辨认"))
    add("--save-mapping", type=Path, metavar="OUT", help=worded("把用到的列对应写成 JSON"))
    add("--kind", metavar="NAME", help=worded("按哪一种事实读，例如 payment、budget"))
    add("--given", action="append", metavar="NAME=VALUE", help=worded(GIVEN))
    add("--order", choices=ORDERS, help=worded(ORDER))
    add("--template", metavar="NAME", help=worded("把这一种事实的空白模板写到 FILE（csv 或 xlsx）"))
    add("--total", metavar="AMOUNT", help=worded("对方写明的支付合计，用来核对"))
    add(
        "--keep-good",
        action="store_true",
        help=worded("有错的行不影响其他行；不写时要么全要要么全不要"),
    )
    add("--unit", metavar="CODE", help=worded("由哪个单位导入，写单位代码；试读时不用写"))
    add(
        "--corrections",
        action="store_true",
        help=worded("编号相同、内容不同的行按更正导入；原来的记录仍会保留"),
    )
    add(
        "--register-units",
        action="store_true",
        help=worded("登记文件里的项目所属、还没有登记的单位（和 --unit 同一区划）"),
    )
    add("--lang", metavar="zh|en", help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


ORDER = "日期里年月日的次序，版式靠猜的时候用"
GIVEN = "文件里没有的值，例如 year=2026"


def run(options: argparse.Namespace) -> int:
    """Try every file; the exit status says what came of it."""
    language = spoken(options.lang)
    if not options.files:
        raise CannotRun(Said("没有给出文件；例如 gongzhi import 支付.csv --check"))
    if options.template is not None:
        return write_template(options.template, options.files, language)
    asked = wanted(options)
    if options.save_mapping is not None:
        must_be_writable(options.save_mapping, inputs=options.files)
    tried = [_try(path, asked) for path in options.files]
    if options.json:
        print_object(as_json(tried, language))
    if not any(one.is_usable for one in tried):
        raise CannotRun(_nothing_usable(tried))
    if options.save_mapping is not None:
        _save(options.save_mapping, tried)
    if not options.json:
        _print(tried, language)
    return FAULTY if any(map(has_problems, tried)) else FINE


def _try(path: Path, asked: Wanted) -> Tried:
    name = printable(str(path))
    try:
        return try_file(name, path, asked)
    except OSError as error:
        return Tried(name=name, problems=(unreadable(error),))


def wanted(options: argparse.Namespace) -> Wanted:
    """What the options say of the files."""
    return Wanted(
        mapping=_mapping(options.mapping),
        kind=known_kind(options.kind) if options.kind is not None else "",
        given=dict(map(pair, options.given or [])),
        order=options.order or "",
        stated=_total(options.total),
        mode=Mode.KEEP_GOOD if options.keep_good else Mode.WHOLE,
    )


def _mapping(path: Path | None) -> Mapping | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            text = file.read(MAPPING_BYTES_MAX).decode("utf-8-sig", "replace")
    except OSError as error:
        raise unusable(path, unreadable(error)) from None
    mapping = mapping_from_text(text)
    if isinstance(mapping, Problem):
        raise unusable(path, mapping)
    return mapping


def pair(text: str) -> tuple[str, str]:
    """A value that no file says, with its name."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise CannotRun(Said("--given 写成 名字=值，例如 year=2026"))
    return name, value


def _total(text: str | None) -> Decimal | None:
    try:
        return money(text) if text is not None else None
    except Unreadable:
        raise CannotRun(Said("--total 不是金额：{text}", {"text": text or ""})) from None


def _save(path: Path, tried: Sequence[Tried]) -> None:
    mapping = next(mapping for one in tried for mapping in one.mappings)
    write_whole(path, mapping_as_text(mapping).encode())


def _print(tried: Sequence[Tried], language: str) -> None:
    show_anyway()
    for one in tried:
        print(*report(one, language), "", sep="\n")


def has_problems(one: Tried) -> bool:
    """Whether something is wrong with a file."""
    return bool(one.problems) or one.result is None or bool(one.result.problem_count)


def _nothing_usable(tried: Sequence[Tried]) -> Said:
    """What to say where no fact could be read: the first reason, and what to do."""
    for one in tried:
        problems = (*one.problems, *(one.result.problems if one.result else ()))
        if problems:
            return said_of(one.name, problems[0])
    if all(one.result is not None and not one.result.rows for one in tried):
        return Said("{file}：表头下面没有数据行", {"file": tried[0].name})
    return Said("没有读出任何事实")
