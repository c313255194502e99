"""`gongzhi import --template`: an empty file to fill in, in our own layout."""

from collections.abc import Sequence
from pathlib import Path

from gongzhi.cli.outputs import must_be_new, write_whole
from gongzhi.cli.telling import CannotRun
from gongzhi.connectors.template import facts_as_csv, template_header
from gongzhi.core.terms import Said, several
from gongzhi.papers.workbook import Column, Sheet, workbook
from gongzhi.rules.columns import load_fact_rules
from gongzhi.words import say

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
NEEDED = {True: "必填", False: "选填"}
HOLDS = {
    "text": "一段文字",
    "code": "编号，按文本",
    "class": "科目编码",
    "money": "金额，元",
    "number": "数字",
    "day": "日期，如 2026-03-05",
    "start": "日期或时期，如 2026-03",
    "end": "日期或时期，如 2026-03",
    "year": "年份",
    "month": "1 至 12",
    "truth": "是或否",
}


def known_kind(name: str) -> str:
    """The name of a kind of fact, if there is one."""
    kinds = load_fact_rules()
    if name not in kinds:
        told = Said("没有种类 {name}；有：{known}", {"name": name, "known": several(kinds)})
        raise CannotRun(told)
    return name


def write_template(kind: str, targets: Sequence[Path], language: str) -> int:
    """Write the template to the one file that was named."""
    known_kind(kind)
    if len(targets) != 1 or targets[0].suffix.lower() not in (".csv", ".xlsx"):
        raise CannotRun(Said("模板写到一个 csv 或 xlsx 文件，例如 --template payment 支付.xlsx"))
    must_be_new(targets[0])
    write_whole(targets[0], template(kind, targets[0].suffix.lower(), language))
    return 0


def template(kind: str, ending: str, language: str) -> bytes:
    """The bytes of an empty template; a workbook also says what each column holds."""
    if ending == ".csv":
        lines = facts_as_csv(kind, (), language=language)
        return (BYTE_ORDER_MARK + "".join(lines)).encode()
    rule = load_fact_rules()[kind]
    columns = [Column(title) for title in template_header(kind, language=language)]
    about = [
        [
            field.title.in_language(language),
            say(Said(NEEDED[field.required]), language),
            say(Said(HOLDS[field.holds]), language),
            "、".join(field.names[:8]),
        ]
        for field in rule.fields.values()
    ]
    heads = [say(Said(title), language) for title in ("列", "是否必填", "填什么", "其他叫法")]
    return workbook(
        [
            Sheet(name=rule.title.in_language(language), columns=columns, rows=[]),
            Sheet(
                name=say(Said("填写说明"), language),
                columns=[Column(title, width=28) for title in heads],
                rows=about,
            ),
        ]
    )
