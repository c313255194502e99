"""`gongzhi verify` of a row proof: from the row to its batch, and from the batch to the log."""

from collections.abc import Iterator
from typing import Any

from gongzhi.core.ledger.row_proof import RowVerdict, Shown
from gongzhi.core.sealed import NotCanonicalError, Sealable, canonical, read_canonical
from gongzhi.core.terms import Said


def row_in_words(verdict: RowVerdict, *, log: list[Said]) -> list[Said]:
    """The verdict, and every step that was reached; `log` tells of the last one."""
    if verdict.fault is not None:
        why: list[Said] = [Said("证明不成立：{why}", {"why": verdict.fault.said})]
        return [*why, *_steps(verdict)]
    return [Said("证明成立：从这一行到日志的签名，每一步都对得上"), *_steps(verdict), *log]


def _steps(verdict: RowVerdict) -> Iterator[Said]:
    if verdict.read is None:
        return
    yield Said("行：这是第 {row} 行（从 0 数起），文件完好", {"row": verdict.read.row})
    if verdict.values_hold:
        for name, value in facts_of(verdict.read.record).items():
            yield Said("行中写明：{name} {value}", {"name": name, "value": text_of(value)})
        for shown in verdict.read.shown:
            yield _told(shown)
    if verdict.batch is not None:
        kind, size = verdict.batch.kind, verdict.batch.size
        told = "批：由这一行算出了存证里的批根；{kind} 一批共 {size} 行"
        yield Said(told, {"kind": kind, "size": size})


def _told(shown: Shown) -> Said:
    values = {"name": shown.field, "value": text_of(shown.value)}
    return Said("出示的值与行中的承诺相符：{name} {value}", values)


def facts_of(record: bytes) -> dict[str, Sealable]:
    """The public facts of a row, where it is one like ours."""
    try:
        row = read_canonical(record)
    except NotCanonicalError:
        return {}
    public = row.get("public") if isinstance(row, dict) else None
    return dict(public) if isinstance(public, dict) else {}


def text_of(value: Sealable) -> str:
    """A value as a line of text."""
    return value if isinstance(value, str) else canonical(value).decode()


def row_as_object(verdict: RowVerdict, *, said: list[str], log: dict[str, Any]) -> dict[str, Any]:
    """The verdict as the JSON object of `--json`: that of the entry, and the row's own keys."""
    if verdict.fault is not None or verdict.read is None or verdict.batch is None:
        reason = str(verdict.fault.reason) if verdict.fault else None
        return {"verified": False, "reason": reason, "said": said}
    return {
        **log,
        "said": said,
        "row": verdict.read.row,
        "rows": verdict.batch.size,
        "kind": verdict.batch.kind,
        "facts": facts_of(verdict.read.record),
        "shown": {shown.field: shown.value for shown in verdict.read.shown},
    }
