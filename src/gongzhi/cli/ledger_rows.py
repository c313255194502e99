"""`gongzhi ledger row`: the proof of a single row of those that entered as one deed."""

import argparse
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from gongzhi.cli.ledger_files import DONE, Outcome
from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said


def row(options: argparse.Namespace) -> Outcome:
    """Write the proof of a row, with the private values that are to be shown."""
    index, number = _numbers(options.given)
    show = options.show or []
    proof = import_string("gongzhi.parties.row_proofs.row_proof")(index, number, show=show)
    if proof is None:
        values = {"index": index, "row": number}
        raise CannotRun(Said("第 {index} 条已签名的存证没有第 {row} 行", values))
    _insist_on_all(show, proof)
    out = options.out or Path(f"{index}-{number}.row-proof")
    try:
        out.write_text(proof.content)
    except OSError as error:
        raise CannotRun(Said("写不了 {path}；请检查路径和权限", {"path": str(out)})) from error
    return {"index": index, "row": number, "proof": str(out)}, [str(out)], DONE


def _insist_on_all(show: list[str], proof: Any) -> None:
    kept = {shown.field for shown in proof.shown}
    for field in show:
        if field not in kept:
            raise CannotRun(Said("这一行没有不公开的值 {field}，或者已经删除", {"field": field}))


def _numbers(given: list[str]) -> tuple[int, int]:
    if len(given) != 2 or not all(text.isascii() and text.isdigit() for text in given):
        raise CannotRun(
            Said("请写明存证的号和行号，都从 0 数起；例如 gongzhi ledger row 12 3 --out FILE")
        )
    return int(given[0]), int(given[1])
