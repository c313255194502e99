"""A document as plain JSON values and back: how it crosses the pipe from the child."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Block, Cell, Document, Paragraph, Table

Record = dict[str, Any]


def document_as_record(document: Document) -> Record:
    """JSON-safe values that `document_from_record` turns back into an equal document."""
    return {
        "name": document.name,
        "kind": document.kind,
        "blocks": [_block_as_record(block) for block in document.blocks],
        "outside": [[line.text, line.page] for line in document.outside],
        "problems": [problem_as_record(problem) for problem in document.problems],
        "notes": [problem_as_record(note) for note in document.notes],
    }


def document_from_record(record: Mapping[str, Any]) -> Document:
    """The document that this record was made of."""
    return Document(
        name=record["name"],
        kind=record["kind"],
        blocks=tuple(_block_from_record(block) for block in record["blocks"]),
        outside=tuple(Paragraph(text=text, page=page) for text, page in record["outside"]),
        problems=tuple(problem_from_record(problem) for problem in record["problems"]),
        notes=tuple(problem_from_record(note) for note in record["notes"]),
    )


def problem_as_record(problem: Problem) -> Record:
    """A problem as plain values."""
    return {
        "where": {key: value for key, value in asdict(problem.where).items() if value is not None},
        "what": _said_as_record(problem.what),
        "hint": _said_as_record(problem.hint),
    }


def problem_from_record(record: Mapping[str, Any]) -> Problem:
    """The problem that this record was made of."""
    return Problem(
        where=Where(**record["where"]),
        what=_said_from_record(record["what"]),
        hint=_said_from_record(record["hint"]),
    )


def _said_as_record(said: Said) -> Record:
    values = {}
    for key, value in said.values.items():
        assert isinstance(value, str | int | Said), f"{key}: intake says words and counts only"
        values[key] = _said_as_record(value) if isinstance(value, Said) else value
    return {"text": said.text, "values": values}


def _said_from_record(record: Mapping[str, Any]) -> Said:
    return Said(
        record["text"],
        {
            key: _said_from_record(value) if isinstance(value, dict) else value
            for key, value in record["values"].items()
        },
    )


def _block_as_record(block: Block) -> Record:
    if isinstance(block, Paragraph):
        return {"text": block.text, "page": block.page}
    return {
        "number": block.number,
        "cells": [
            [cell.row, cell.column, cell.text, cell.row_span, cell.column_span]
            for cell in block.cells
        ],
        "sheet": block.sheet,
        "page": block.page,
        "first": [block.first_row, block.first_column],
        "hidden_rows": sorted(block.hidden_rows),
        "hidden_columns": sorted(block.hidden_columns),
        "hidden": block.hidden,
        "continues": block.continues,
    }


def _block_from_record(record: Mapping[str, Any]) -> Block:
    if "text" in record:
        return Paragraph(text=record["text"], page=record["page"])
    return Table(
        number=record["number"],
        cells=tuple(
            Cell(row=row, column=column, text=text, row_span=height, column_span=width)
            for row, column, text, height, width in record["cells"]
        ),
        sheet=record["sheet"],
        page=record["page"],
        first_row=record["first"][0],
        first_column=record["first"][1],
        hidden_rows=frozenset(record["hidden_rows"]),
        hidden_columns=frozenset(record["hidden_columns"]),
        hidden=record["hidden"],
        continues=record["continues"],
    )
