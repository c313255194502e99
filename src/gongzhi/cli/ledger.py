"""`gongzhi ledger`: number what waits, show the head, write proofs, print the key, audit."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from django.db import connection
from django.utils.module_loading import import_string

from gongzhi.cli import ledger_files, ledger_keys, ledger_rows
from gongzhi.cli.demo import settle
from gongzhi.cli.home import home_folder
from gongzhi.cli.loading import load_django
from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import APP
from gongzhi.cli.telling import CannotRun, complain, terminal_language, worded
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.terms import Said
from gongzhi.trust.refusing import LogRefused
from gongzhi.witness.store import WitnessRefused
from gongzhi.words import say

Outcome: TypeAlias = ledger_files.Outcome
WHOLE, DAMAGED = 0, 1
NOTHING_SIGNED = "日志还没有签出检查点；先运行 gongzhi ledger sequence"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `ledger` takes."""
    add = parser.add_argument
    actions = {**ACTIONS, **WITHOUT_DATABASE}
    add(
        "action",
        choices=sorted(actions),
        metavar="|".join(actions),
        help=worded(
            "sequence 编号并签名；head 最新的检查点；proof 写一条存证的证明；"
            "row 写成批存证中一行的证明；"
            "key 信任策略（含日志公钥）；audit 重算全部存证；export 把日志写成文件；"
            "verifier 写出离线验证网页；"
            "rejoin 用副本补回旧备份之后的存证；rekey 换成新的 GONGZHI_SECRET_KEY 来锁；"
            "succeed 日志的私钥丢失、被盗或更换时，另立一个日志接替；"
            "mirror 抄一份完整的副本；keygen 造一把密钥"
        ),
    )
    add(
        "given",
        nargs="*",
        metavar="…",
        help=worded(
            "proof：存证的号，从 0 数起；row：存证的号和行号；export：目录或 s3://…；mirror：来源和目录；"
            "rejoin：副本的目录；succeed：新日志的名称；keygen：名称"
        ),
    )
    add(
        "--out",
        type=Path,
        metavar="FILE",
        help=worded("proof、row、verifier：写到哪里；proof 的记录写在证明旁边"),
    )
    _more_arguments(parser)


def _more_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--show", action="append", metavar="FIELD", help=worded("row：连同出示的不公开的值"))
    add(
        "--reason",
        choices=("lost", "stolen", "renewed"),
        help=worded("succeed：原因，lost 丢失，stolen 被盗，renewed 更换"),
    )
    add("--policy", type=Path, metavar="FILE", help=worded("mirror：信任策略文件"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Do what was asked with the log of DATABASE_URL, or of the demo on this machine."""
    try:
        if options.action in WITHOUT_DATABASE:
            result, lines, status = WITHOUT_DATABASE[options.action](options)
        else:
            with the_database():
                result, lines, status = ACTIONS[options.action](options)
    except (LogRefused, WitnessRefused) as refused:
        complain(refused.said)
        return DAMAGED
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else "\n".join(lines))
    return status


@contextmanager
def the_database() -> Iterator[None]:
    """Set Django up on the database that is named, or else on the demo's own."""
    if os.environ.get("DATABASE_URL"):
        load_django()
        yield
        return
    folder = home_folder()
    if not (folder / "demo.grown").exists():
        raise CannotRun(
            Said("请设置 DATABASE_URL，例如 postgresql://gongzhi@db.example.org/gongzhi")
        )
    with running(folder) as server:
        settle(folder, address=server.url(role=APP))
        yield
        connection.close()


def sequence(options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """Number what waits."""
    count = import_string("gongzhi.trust.sequencing.sequence")()
    return {"numbered": count}, [worded_with("编了 {count} 个号", count=count)], WHOLE


def head(options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """The newest checkpoint."""
    published = published_head()
    checkpoint, since = published.checkpoint, published.unanchored_since
    result = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": write_base64(checkpoint.root),
        "note": published.note,
        "signed_at": published.signed_at.isoformat(),
        "threshold": published.threshold,
        "cosigned_by": [
            {"name": each.name, "at": each.stated_at_s, "delay_s": each.delay_s}
            for each in published.cosigners
        ],
        "unanchored_since": since.isoformat() if since else None,
    }
    return result, [published.note.rstrip("\n")], WHOLE


def proof(options: argparse.Namespace) -> Outcome:
    """The proof of an entry, in two files."""
    index = _index(options.given)
    made = import_string("gongzhi.trust.proofs.proof_of")(index)
    if made is None:
        size = published_head().checkpoint.size
        raise CannotRun(
            Said(
                "已签名的存证只有 {size} 条，没有第 {index} 号",
                {"size": size, "index": index},
            )
        )
    out = options.out or Path(f"{made.index}.tlog-proof")
    record = out.with_suffix(".record")
    if record == out:
        raise CannotRun(Said("证明文件不能以 .record 结尾：{path}", {"path": str(out)}))
    try:
        out.write_text(made.text)
        record.write_bytes(made.record)
    except OSError as error:
        raise CannotRun(Said("写不了 {path}；请检查路径和权限", {"path": str(out)})) from error
    result = {"index": made.index, "proof": str(out), "record": str(record)}
    return result, [str(out), str(record)], WHOLE


def _index(given: list[str]) -> int:
    if len(given) != 1 or not (given[0].isascii() and given[0].isdigit()):
        raise CannotRun(Said("缺少存证的号；例如 gongzhi ledger proof 12 --out 12.tlog-proof"))
    return int(given[0])


def key(options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """The trust policy that believes this log, to be pinned by whoever checks proofs."""
    policy = published_head().policy
    return {"policy": policy}, [policy.rstrip("\n")], WHOLE


def audit(options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """What no longer fits: in the log, the register on it, and what is published from that."""
    found = import_string("gongzhi.cycle.auditing.audit_everything")()
    findings = [say(said, terminal_language()) for said in found]
    status = DAMAGED if findings else WHOLE
    return {"findings": findings}, findings or [worded("存证完好，没有发现改动")], status


def published_head() -> Any:
    """The newest published head, which there must be."""
    published = import_string("gongzhi.trust.proofs.head")()
    if published is None:
        raise CannotRun(Said(NOTHING_SIGNED))
    return published


def worded_with(text: str, *, count: int) -> str:
    """A sentence with a count, in the language of the terminal."""
    return say(Said(text, {"count": count}), terminal_language())


ACTIONS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "sequence": sequence,
    "head": head,
    "proof": proof,
    "row": ledger_rows.row,
    "key": key,
    "audit": audit,
    "export": ledger_files.export,
    "verifier": ledger_files.verifier,
    "rejoin": ledger_files.rejoin,
    "rekey": ledger_keys.rekey,
    "succeed": ledger_keys.succeed,
}
WITHOUT_DATABASE: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "mirror": ledger_files.mirror,
    "keygen": ledger_files.keygen,
}
