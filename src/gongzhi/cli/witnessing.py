"""`gongzhi witness`: watch logs from a machine of one's own, cosign what grows, keep what doesn't.

No database, no Django: a folder with a key and what was seen.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gongzhi.cli.ports import free_port
from gongzhi.cli.telling import CannotRun, complain, terminal_language, worded
from gongzhi.core.ledger.evidence import read_evidence
from gongzhi.core.ledger.keys import VerifierKey, is_key_name, read_verifier_key
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import Status
from gongzhi.core.terms import Said
from gongzhi.witness.fetching import deliver
from gongzhi.witness.polling import poll
from gongzhi.witness.site import FOLDER
from gongzhi.witness.store import Store, Watched, WitnessRefused
from gongzhi.witness.witness import Witness
from gongzhi.words import say

# The JSON object, the lines for a reader, and the exit status.
Outcome: TypeAlias = tuple[dict[str, Any], list[str], int]
FINE, ALARM = 0, 1
SERVE, EVIDENCE = "serve", "evidence"
THREADS = 4
STOP_S_MAX = 5
NOT_A_KEY = "{text} 不是日志的公钥；它写在日志的信任策略里，形如 名称+八位数字+一串字母"
NOT_A_NAME = "{name} 不能作见证方的名称：不能有空格和加号；例如 witness.caizheng.example"
NO_FILES = "gongzhi witness {action} 不要文件；核对证据请用 gongzhi witness evidence FILE --log KEY"
NO_KEY = "请写明日志的公钥：gongzhi witness evidence FILE --log KEY"
NOT_EVIDENCE = "{path} 不是这个日志签过的证据：证明不了什么"
NO_ADDRESS = "日志 {origin} 没有写地址；请用 --log '公钥 地址' 再运行一次 gongzhi witness init"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `witness` takes."""
    add = parser.add_argument
    add(
        "action",
        choices=[*ACTIONS, SERVE],
        metavar="|".join((*ACTIONS, SERVE)),
        help=worded(
            "init 立一个见证方；serve 等日志来请求；poll 自己去取；status 看到哪里；"
            "evidence 不能自圆其说的请求；retire 退役"
        ),
    )
    add(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=worded("evidence：别人交来的证据，只凭日志的公钥（--log）核对"),
    )
    add("--home", type=Path, metavar="DIR", help=worded("见证方的目录，里面有它的私钥"))
    add("--name", help=worded("init：见证方的名称，例如 witness.caizheng.example"))
    add(
        "--log",
        action="append",
        metavar="'KEY [URL]'",
        help=worded("init：日志的公钥，可以再写地址；evidence：日志的公钥"),
    )
    add("--host", default="127.0.0.1", help=worded("监听的地址"))
    add("--port", type=int, default=8100, metavar="N", help=worded("端口"))
    add("--deliver", metavar="URL", help=worded("poll：把签名送到哪里；不写时只记在目录里"))
    add("--every", type=int, metavar="S", help=worded("poll：每隔几秒取一次，直到中断"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Do what was asked with the witness in the folder."""
    store = Store(options.home or home())
    if options.files and options.action != EVIDENCE:
        raise CannotRun(Said(NO_FILES, {"action": options.action}))
    try:
        if options.action == SERVE:
            return serve(store, host=options.host, port=options.port)
        while True:
            result, lines, status = ACTIONS[options.action](store, options)
            text = json.dumps(result, ensure_ascii=False, indent=2)
            print(text if options.json else "\n".join(lines), flush=True)
            if options.action != "poll" or not options.every:
                return status
            time.sleep(options.every)
    except WitnessRefused as refused:
        complain(refused.said)
        return ALARM
    except OSError as error:
        values = {"path": str(error.filename or store.folder), "why": error.strerror or ""}
        raise CannotRun(
            Said("读不了或者写不了 {path}（{why}）；请检查路径和权限", values)
        ) from error


def home() -> Path:
    """Where a witness lives unless told otherwise."""
    if named := os.environ.get(FOLDER):
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "gongzhi-witness"


def init(store: Store, options: argparse.Namespace) -> Outcome:
    """Make a witness, or let one that is there watch more logs."""
    logs = tuple(watched(text) for text in options.log or ())
    if not options.name and (store.folder / "key").exists():
        for log in logs:
            store.watch(log)
    elif not options.name or not is_key_name(options.name):
        raise CannotRun(Said(NOT_A_NAME, {"name": options.name or "—"}))
    else:
        store.found(options.name, logs)
    key = store.signer().verifier.text
    line = f"witness {store.signer().name} {key}"
    told = [worded("请把下面这一行交给日志的管理方，写进信任策略："), line]
    return {"name": store.signer().name, "key": key, "policy_line": line}, told, FINE


def watched(text: str) -> Watched:
    """A log as the command line names it: its key, and perhaps its address."""
    key, _, address = text.strip().partition(" ")
    try:
        return Watched(key=read_verifier_key(key), address=address.strip() or None)
    except RejectedError as error:
        raise CannotRun(Said(NOT_A_KEY, {"text": key})) from error


def serve(store: Store, *, host: str, port: int) -> int:
    """Answer logs until a signal ends it."""
    store.refuse_if_retired()
    os.close(store.lock())  # a second one is refused here, in words
    os.environ[FOLDER] = str(store.folder)
    Granian(
        "gongzhi.witness.site:application",
        address=host,
        port=free_port(host, wanted=port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_S_MAX,
        websockets=False,
        log_level=LogLevels.error,
    ).serve(target_loader=load)
    return FINE


def load(target: str) -> Callable[..., Any]:
    """The application, inside the server's one worker, with its folder locked."""
    module, name = target.split(":")
    room = import_module(module)
    room.the_witness()
    application: Callable[..., Any] = getattr(room, name)
    return application


def poll_logs(store: Store, options: argparse.Namespace) -> Outcome:
    """Fetch each log's checkpoint, cosign what grew, and send the cosignature back."""
    store.refuse_if_retired()
    handle = store.lock()
    try:
        polled = [_polled(Witness(store), log, options.deliver) for log in store.logs()]
    finally:
        os.close(handle)
    lines = [_line(entry) for entry in polled]
    alarmed = any(entry["status"] not in {None, int(Status.COSIGNED)} for entry in polled)
    return {"logs": polled}, lines, ALARM if alarmed else FINE


def _polled(witness: Witness, log: Watched, to: str | None) -> dict[str, Any]:
    origin = log.key.name
    if log.address is None:
        raise CannotRun(Said(NO_ADDRESS, {"origin": origin}))
    polled = poll(witness, origin=origin, address=log.address)
    answer = polled.answer
    if to and (note := witness.last_note(origin)) and (not answer or answer.is_cosigned):
        deliver(to, note)
    size = polled.checkpoint.size
    return {"origin": origin, "size": size, "status": int(answer.status) if answer else None}


def _line(entry: dict[str, Any]) -> str:
    values = {"origin": entry["origin"], "size": entry["size"]}
    if entry["status"] is None:
        text = "{origin}：还是 {size} 条，没有新的检查点"
    elif entry["status"] == Status.COSIGNED:
        text = "{origin}：{size} 条，已见证"
    else:
        text = (
            "{origin}：{size} 条，与看到过的历史不符，没有见证；请用 gongzhi witness evidence 查看"
        )
    return say(Said(text, values), terminal_language())


def status(store: Store, options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """Who the witness is, and what it saw last of each log."""
    signer = store.signer()
    logs = [_state(store, log) for log in store.logs()]
    lines = [f"{signer.name}  {signer.verifier.text}"]
    if store.is_retired():
        lines.append(worded("已经退役"))
    for log in logs:
        text = "{origin}：见证到 {size} 条，时间 {at}；证据 {evidence} 件"
        lines.append(say(Said(text, {**log, "at": log["at"] or "—"}), terminal_language()))
    result = {
        "name": signer.name,
        "key": signer.verifier.text,
        "retired": store.is_retired(),
        "logs": logs,
    }
    return result, lines, ALARM if any(log["evidence"] for log in logs) else FINE


def _state(store: Store, log: Watched) -> dict[str, Any]:
    origin = log.key.name
    note = store.last(origin)
    checkpoint = store.last_checkpoint(origin)
    moments = [
        signed.at
        for signed in (check_note(read_note(note), keys=[store.signer().verifier]) if note else ())
        if signed.at is not None
    ]
    return {
        "origin": origin,
        "address": log.address,
        "size": checkpoint.size if checkpoint else 0,
        "at": datetime.fromtimestamp(moments[0], UTC).isoformat() if moments else None,
        "evidence": sum(1 for _ in store.evidence(origin)),
    }


def evidence(store: Store, options: argparse.Namespace) -> Outcome:
    """What logs signed and couldn't prove: of this witness, or in files that somebody handed on."""
    found = _judged_files(options) if options.files else list(_kept(store))
    lines = [f"{entry['file']}\n  {entry['said']}" for entry in found]
    return (
        {"evidence": found},
        lines or [worded("没有证据：日志没有自相矛盾")],
        ALARM if any(entry["shows"] for entry in found) else FINE,
    )


def _kept(store: Store) -> Iterator[dict[str, Any]]:
    logs = store.logs()
    for log in logs:
        for kept in store.evidence(log.key.name):
            yield _judged(kept.path, kept.content, [each.key for each in logs])


def _judged_files(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Files checked with the log's key alone: no witness, no network, no trust in who sent them."""
    keys = [watched(text).key for text in options.log or ()]
    if not keys:
        raise CannotRun(Said(NO_KEY))
    return [_judged(path, _evidence_at(path), keys) for path in options.files]


def _evidence_at(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRun(Said(NOT_EVIDENCE, {"path": str(path)})) from error


def _judged(path: Path, content: str, keys: Collection[VerifierKey]) -> dict[str, Any]:
    try:
        read = read_evidence(content, keys=keys)
    except RejectedError:
        said, shows, origin = Said(NOT_EVIDENCE, {"path": str(path)}), None, None
    else:
        said, shows, origin = read.said, read.shown.value, read.new.origin
    told = say(said, terminal_language())
    return {
        "origin": origin,
        "file": str(path),
        "shows": shows,
        "said": told,
        "request": content,
    }


def retire(store: Store, options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """Say nothing more, for good."""
    store.retire()
    name = store.signer().name
    said = Said("见证方 {name} 已退役；请告诉日志的管理方，从信任策略中去掉它", {"name": name})
    return {"name": name, "retired": True}, [say(said, terminal_language())], FINE


ACTIONS: dict[str, Callable[[Store, argparse.Namespace], Outcome]] = {
    "init": init,
    "poll": poll_logs,
    "status": status,
    EVIDENCE: evidence,
    "retire": retire,
}
