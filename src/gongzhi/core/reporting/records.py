"""A drafted report as a record that JSON can hold, and back: what was signed stays as it was."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongzhi.core.reporting.blocks import (
    Bar,
    Bars,
    Block,
    Chapter,
    Drafted,
    Paragraph,
    Section,
    Table,
    Words,
)
from gongzhi.core.scoring.records import said_as_record, said_from_record
from gongzhi.core.terms import Said, Text

Record = Mapping[str, Any]


def report_as_record(report: Drafted) -> dict[str, Any]:
    """All chapters and figures."""
    return {
        "figures": dict(report.figures),
        "sections": [
            {"chapter": each.chapter.value, "blocks": [_block(block) for block in each.blocks]}
            for each in report.sections
        ],
    }


def report_from_record(record: Record) -> Drafted:
    """The report that `report_as_record` wrote."""
    return Drafted(
        figures=record["figures"],
        sections=tuple(
            Section(
                chapter=Chapter(each["chapter"]),
                blocks=tuple(_block_from(block) for block in each["blocks"]),
            )
            for each in record["sections"]
        ),
    )


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"said": [said_as_record(each) for each in block.said]}
        case Table():
            return {
                "caption": said_as_record(block.caption),
                "heads": [_words(each) for each in block.heads],
                "rows": [[_words(each) for each in row] for row in block.rows],
                "widths": list(block.widths),
                "figures": sorted(block.figures),
            }
        case Bars():
            bars = [
                {"label": _words(bar.label), "share": str(bar.share), "figure": bar.figure}
                for bar in block.bars
            ]
            return {"caption": said_as_record(block.caption), "bars": bars}


def _block_from(record: Record) -> Block:
    if "said" in record:
        return Paragraph(said=tuple(said_from_record(each) for each in record["said"]))
    if "bars" in record:
        return Bars(
            caption=said_from_record(record["caption"]),
            bars=tuple(
                Bar(
                    label=_words_from(bar["label"]),
                    share=Decimal(bar["share"]),
                    figure=bar["figure"],
                )
                for bar in record["bars"]
            ),
        )
    return Table(
        caption=said_from_record(record["caption"]),
        heads=tuple(_words_from(each) for each in record["heads"]),
        rows=tuple(tuple(_words_from(each) for each in row) for row in record["rows"]),
        widths=tuple(record["widths"]),
        figures=frozenset(record["figures"]),
    )


def _words(words: Words) -> Any:
    match words:
        case Said():
            return {"said": said_as_record(words)}
        case Text():
            return {"zh": words.zh, "en": words.en}
        case _:
            return words


def _words_from(value: Any) -> Words:
    if isinstance(value, str):
        return value
    return said_from_record(value["said"]) if "said" in value else Text(**value)
