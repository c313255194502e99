"""A log that shows one history to some and another to the rest: neither finds a quorum."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import Policy, Watching, policy_text, quorum_text, read_policy
from gongzhi.core.ledger.proof import check_checkpoint
from gongzhi.core.ledger.rejected import RejectedError
from witness.logs import Log, rewritten

WITNESSES = [Signer(f"{name}.example", KeyKind.COSIGNATURE, name.encode() * 32) for name in "abcde"]
TRUE, FORGED = Log(), rewritten(5)


def policy(threshold: int) -> Policy:
    named = [Watching(signer.verifier) for signer in WITNESSES]
    return read_policy(
        policy_text(TRUE.signer.verifier, quorum=quorum_text(named, threshold=threshold))
    )


def believed(log: Log, signers: list[Signer], *, under: Policy) -> bool:
    note = read_note(log.note(300))
    for signer in signers:
        note = note.signed(signer, at=1_790_000_000)
    try:
        check_checkpoint(note.content, policy=under)
    except RejectedError:
        return False
    return True


def splits(liars: tuple[Signer, ...]) -> Iterator[tuple[list[Signer], list[Signer]]]:
    """Every way to show five witnesses one of two histories; those who lie sign both."""
    for shown in product((TRUE, FORGED), repeat=len(WITNESSES)):
        pairs = list(zip(WITNESSES, shown, strict=True))
        yield (
            [signer for signer, log in pairs if log is TRUE or signer in liars],
            [signer for signer, log in pairs if log is FORGED or signer in liars],
        )


@pytest.mark.parametrize("liars", [0, 1, 2])
def test_s66_four_of_five_believe_one_history_though_two_of_them_lie(liars: int):
    under = policy(4)
    for traitors in combinations(WITNESSES, liars):
        for one, other in splits(traitors):
            both = believed(TRUE, one, under=under) and believed(FORGED, other, under=under)
            assert not both


def test_three_liars_of_five_are_too_many_as_the_rule_says():
    """2k − n > f: with k = 4 and n = 5, three who lie can make two quorums."""
    under = policy(4)
    traitors = tuple(WITNESSES[:3])
    assert any(
        believed(TRUE, one, under=under) and believed(FORGED, other, under=under)
        for one, other in splits(traitors)
    )
