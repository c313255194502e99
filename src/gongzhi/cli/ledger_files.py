"""`gongzhi ledger export|verifier|mirror|rejoin|keygen`: the log as files, and copies of it."""

import argparse
import secrets
from pathlib import Path
from typing import Any, TypeAlias

from django.utils.module_loading import import_string

from gongzhi.cli.telling import CannotRun, terminal_language
from gongzhi.cli.verifying import pinned, policy_at
from gongzhi.core.ledger.keys import KEY_BYTES, KeyKind, Signer, is_key_name
from gongzhi.core.sealed import digest
from gongzhi.core.terms import Said
from gongzhi.web import one_file
from gongzhi.witness.mirroring import mirror as mirror_log
from gongzhi.words import say

# The JSON object, the lines for a reader, and the exit status.
Outcome: TypeAlias = tuple[dict[str, Any], list[str], int]
DONE = 0


def export(options: argparse.Namespace) -> Outcome:
    """Write the log as files, the rows of its batches with it, the checkpoint last."""
    (place,) = _given(options, 1, Said("请写明放到哪里；例如 gongzhi ledger export DIR"))
    shelf = import_string("gongzhi.trust.shelves.shelf_at")(place)
    rows = import_string("gongzhi.parties.batch_files.export_batches")(shelf)
    done = import_string("gongzhi.trust.exporting.export")(shelf)
    counts = {"size": done.size, "files": done.files + rows}
    said = Said("已写出 {size} 条存证，新文件 {files} 个", counts)
    return {**counts, "place": place}, [_told(said)], DONE


def verifier(options: argparse.Namespace) -> Outcome:
    """Write the verifier in one file, the log's policy printed in it."""
    head = import_string("gongzhi.trust.proofs.head")()
    if head is None:
        raise CannotRun(Said("日志还没有签出检查点；先运行 gongzhi ledger sequence"))
    out = options.out or Path(one_file.NAME)
    content = one_file.verifier(head.policy)
    try:
        out.write_text(content, encoding="utf-8")
    except OSError as error:
        raise CannotRun(Said("写不了 {path}；请检查路径和权限", {"path": str(out)})) from error
    checksum = digest(content.encode())
    return {"path": str(out), "digest": checksum}, [str(out), checksum], DONE


def mirror(options: argparse.Namespace) -> Outcome:
    """Keep a whole copy of a log, every entry checked."""
    usage = Said("请写明来源和目录；例如 gongzhi ledger mirror https://… DIR --policy FILE")
    source, folder = _given(options, 2, usage)
    policy = policy_at(options.policy or pinned())
    done = mirror_log(source, Path(folder), policy=policy)
    said = Said("副本有 {size} 条存证，新增 {new} 条", {"size": done.size, "new": done.new})
    return {"size": done.size, "new": done.new, "folder": folder}, [_told(said)], DONE


def rejoin(options: argparse.Namespace) -> Outcome:
    """After an old backup was restored: take from a copy what the database has lost."""
    usage = Said("请写明副本的目录；例如 gongzhi ledger rejoin DIR")
    (folder,) = _given(options, 1, usage)
    done = import_string("gongzhi.parties.rejoining.rejoin_log")(Path(folder))
    again, policies = done.redone.erased, done.redone.policies
    values = {"new": done.new, "size": done.size, "policies": policies, "erased_again": again}
    said = Said("已补回 {new} 条存证，共 {size} 条；补回信任策略的变动 {policies} 次", values)
    erased = Said("再次删除了 {count} 人的个人信息", {"count": again})
    return values, [_told(said), *([_told(erased)] if again else [])], DONE


def keygen(options: argparse.Namespace) -> Outcome:
    """A new key pair of a log; the private key is printed once and kept nowhere."""
    (name,) = _given(
        options, 1, Said("请写明日志的名称；例如 gongzhi ledger keygen log.yunhe.example")
    )
    if not is_key_name(name):
        raise CannotRun(Said("{name} 不能作名称：不能有空格和加号", {"name": name}))
    signer = Signer(name, KeyKind.ED25519, secrets.token_bytes(KEY_BYTES))
    warning = Said("第一行是私钥，只给日志自己；第二行是公钥，可以公布")
    keys = {"private": signer.text, "public": signer.verifier.text}
    return keys, [signer.text, signer.verifier.text, _told(warning)], DONE


def _given(options: argparse.Namespace, count: int, usage: Said) -> list[str]:
    if len(options.given) != count:
        raise CannotRun(usage)
    return list(options.given)


def _told(said: Said) -> str:
    return say(said, terminal_language())
