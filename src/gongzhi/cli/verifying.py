"""`gongzhi verify`: check a proof of the log offline, against keys that were pinned before.

Whom to believe never comes with the proof: the policy is named by --policy or lies in the pinned
file, which is `$GONGZHI_HOME/policy`, or without GONGZHI_HOME `gongzhi/policy` in the user's
configuration folder.
"""

import argparse
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongzhi.cli.telling import CannotRun, spoken, terminal_language, worded
from gongzhi.cli.verifying_rows import row_as_object, row_in_words
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.note import Attestation
from gongzhi.core.ledger.policy import Policy, read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Rejected, RejectedError
from gongzhi.core.ledger.row_proof import is_row_proof, row_verdict_on
from gongzhi.core.sealed import NotCanonicalError, Sealable, read_canonical
from gongzhi.core.terms import Said
from gongzhi.words import LANGUAGES, say

HOLDS, FAILS = 0, 1
FILE_BYTES_MAX = 1_000_000
NO_POLICY = (
    "没有信任策略文件 {path}：请从可靠的来源取得它（例如对方的公告），放到这里，或用 --policy 指定"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `verify` takes."""
    add = parser.add_argument
    add("proof", type=Path, metavar="PROOF", help=worded("证明文件（.tlog-proof 或 .row-proof）"))
    add(
        "--record",
        type=Path,
        metavar="FILE",
        help=worded("记录文件；不写时用证明旁边的 .record；行证明自带记录"),
    )
    add("--policy", type=Path, metavar="FILE", help=worded("信任策略文件：相信哪些日志和见证方"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Check the proof; 0 when it holds, 1 when it doesn't."""
    spoken(options.lang)
    proof = content_of(options.proof)
    if is_row_proof(proof):
        return run_on_row(options, proof)
    record = content_of(options.record or options.proof.with_suffix(".record"))
    verdict = verdict_on(proof, record=record, policy=policy_at(options.policy or pinned()))
    if options.json:
        print(json.dumps(as_object(verdict, record), ensure_ascii=False, indent=2))
    else:
        print("\n".join(say(said, terminal_language()) for said in in_words(verdict, record)))
    return HOLDS if isinstance(verdict, Proven) else FAILS


def run_on_row(options: argparse.Namespace, proof: bytes) -> int:
    """Check the proof of a row, which brings its entry with it."""
    record = content_of(options.record) if options.record else None
    verdict = row_verdict_on(proof, policy=policy_at(options.policy or pinned()), record=record)
    entry = verdict.read.entry if verdict.read else b""
    log = in_words(verdict.log, entry) if verdict.log else []
    said = [say(each, terminal_language()) for each in row_in_words(verdict, log=log)]
    if options.json:
        whole = as_object(verdict.log, entry) if verdict.log else {}
        result = row_as_object(verdict, said=said, log=whole)
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print("\n".join(said))
    return FAILS if verdict.fault else HOLDS


def content_of(path: Path) -> bytes:
    """The bytes of a file; of one that is far too long, enough to fail."""
    try:
        with path.open("rb") as file:
            return file.read(FILE_BYTES_MAX)
    except OSError as error:
        values = {"path": str(path), "why": error.strerror or ""}
        raise CannotRun(Said("读不了文件 {path}（{why}）；请检查路径和权限", values)) from error


def pinned() -> Path:
    """Where the policy lies that this user, or this installation, believes."""
    if home := os.environ.get("GONGZHI_HOME"):
        return Path(home) / "policy"
    chosen = os.environ.get("XDG_CONFIG_HOME")
    return (Path(chosen) if chosen else Path.home() / ".config") / "gongzhi" / "policy"


def policy_at(path: Path) -> Policy:
    """The policy of a file."""
    if not path.exists():
        raise CannotRun(Said(NO_POLICY, {"path": str(path)}))
    try:
        return read_policy(content_of(path).decode())
    except UnicodeDecodeError as error:
        raise CannotRun(Said("信任策略不是 UTF-8 文本：{path}", {"path": str(path)})) from error
    except RejectedError as error:
        raise CannotRun(
            Said("{path}：{said}", {"path": str(path), "said": error.rejected.said})
        ) from error


def in_words(verdict: Proven | Rejected, record: bytes) -> list[Said]:
    """The verdict as sentences."""
    if isinstance(verdict, Rejected):
        return [Said("证明不成立：{why}", {"why": verdict.said})]
    checkpoint = verdict.checkpoint
    where: dict[str, str | int | Decimal | Said] = {
        "index": verdict.index,
        "size": checkpoint.size,
        "origin": checkpoint.origin,
    }
    witnesses = [attestation for attestation in verdict.attestations if attestation.at is not None]
    return [
        Said("证明成立：这份记录是日志 {origin} 的第 {index} 号存证（从 0 数起）", where),
        Said("检查点有 {size} 条存证，由 {origin} 签名", where),
        *(said_of(witness) for witness in witnesses),
        *([] if witnesses else [Said("没有见证方签名：只能证明日志对你说过这句话")]),
        *claims(claimed(record)),
        *([Said("这是演示日志：可以学着核对，不证明任何真实的事")] if is_demo(verdict) else []),
    ]


def said_of(witness: Attestation) -> Said:
    """Who saw the checkpoint, and when."""
    values = {"name": witness.key.name, "at": shown_moment(witness.at or 0)}
    return Said("{name} 在 {at} 见证过这个检查点", values)


def shown_moment(seconds: int) -> str:
    """A POSIX moment in UTC; as the number it is where no calendar reaches."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def claimed(record: bytes) -> Mapping[str, Sealable] | None:
    """What the record itself says, where it is an entry like ours."""
    try:
        value = read_canonical(record)
    except NotCanonicalError:
        return None
    return value if isinstance(value, Mapping) else None


def claims(entry: Mapping[str, Sealable] | None) -> list[Said]:
    """The entry's own words: claims, of which the log proves only that they were made."""
    if entry is None:
        return []
    names = {"verb": "动作", "party": "一方", "on": "对象", "claimed_at": "自称的时间"}
    return [
        Said("记录自称：{name} {value}", {"name": Said(name), "value": str(entry[field])})
        for field, name in names.items()
        if isinstance(entry.get(field), str)
    ]


def is_demo(verdict: Proven) -> bool:
    """Whether the log says of itself that it is a demo."""
    return "demo" in verdict.checkpoint.origin.split("/")


def as_object(verdict: Proven | Rejected, record: bytes) -> dict[str, Any]:
    """The verdict as the JSON object of `--json` (docs/explanation/log.md)."""
    said = [say(sentence, terminal_language()) for sentence in in_words(verdict, record)]
    if isinstance(verdict, Rejected):
        return {"verified": False, "reason": str(verdict.reason), "said": said}
    checkpoint = verdict.checkpoint
    return {
        "verified": True,
        "reason": None,
        "said": said,
        "index": verdict.index,
        "size": checkpoint.size,
        "origin": checkpoint.origin,
        "root": write_base64(checkpoint.root),
        "signed_by": [signed.key.name for signed in verdict.attestations if signed.at is None],
        "cosigned_by": [
            {"name": signed.key.name, "at": signed.at}
            for signed in verdict.attestations
            if signed.at is not None
        ],
        "record": claimed(record),
    }
