"""`gongzhi ledger rekey|succeed`: another key of the installation, and another one of its log."""

import argparse

from django.conf import settings
from django.utils.module_loading import import_string

from gongzhi.cli.ledger_files import DONE, Outcome
from gongzhi.cli.telling import CannotRun, terminal_language
from gongzhi.core.charter import SYSTEM
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.keys import is_key_name
from gongzhi.core.terms import Said
from gongzhi.words import say

LEFT = 1
HOW_TO_SUCCEED = Said(
    "请写明新日志的名称和原因；"
    "例如 gongzhi ledger succeed log.yunhe.example/2 --reason lost（lost、stolen 或 renewed）"
)
FOLLOWS = (
    "接替它的是 {name}，信任策略如上：请从公布旧策略的地方公布它；"
    "每个见证方须运行 gongzhi witness init --log，看住新日志"
)
NO_FORMER = Said(
    "请同时给出两把密钥：GONGZHI_SECRET_KEY 是新的，GONGZHI_SECRET_KEY_BEFORE 是以前的"
)


def rekey(options: argparse.Namespace) -> Outcome:  # noqa: ARG001
    """Lock what the key before locked with the key of today."""
    if not settings.SECRET_KEY_FALLBACKS:
        raise CannotRun(NO_FORMER)
    done = import_string("gongzhi.parties.rekeying.rekey")()
    counts = {"found": done.found, "locked": done.locked}
    told = [Said("{found} 个加密的值，换了锁的 {locked} 个", counts), *done.lost]
    told += () if done.lost else [Said("旧密钥不再需要：可以撤下 GONGZHI_SECRET_KEY_BEFORE")]
    lines = [say(said, terminal_language()) for said in told]
    lost = [say(said, terminal_language()) for said in done.lost]
    return {**counts, "lost": lost}, lines, LEFT if done.lost else DONE


def succeed(options: argparse.Namespace) -> Outcome:
    """End the log, and begin another that goes on from its tree under a new name and key."""
    if len(options.given) != 1 or not is_key_name(options.given[0]) or not options.reason:
        raise CannotRun(HOW_TO_SUCCEED)
    (name,) = options.given
    done = import_string("gongzhi.parties.succession.succeed")(
        name, reason=options.reason, by=SYSTEM
    )
    head = import_string("gongzhi.trust.proofs.head")()
    former = {"origin": done.former.origin, "size": done.former.size}
    told = [Said("日志 {origin} 到第 {size} 条为止", former), Said(FOLLOWS, {"name": name})]
    if done.old_key:
        told.append(Said("旧私钥移到了 {path}；请销毁它", {"path": str(done.old_key)}))
    lines = [head.policy.rstrip("\n"), *(say(said, terminal_language()) for said in told)]
    result = {**former, "root": write_base64(done.former.root), "key": done.key.text}
    return {**result, "policy": head.policy}, lines, DONE
