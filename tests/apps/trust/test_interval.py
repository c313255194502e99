"""Between which moments an entry became provable, as witnesses sign it and not as it claims."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.trust.administrator import undone
from core.ledger.signers import signer
from gongzhi.core.ledger.keys import KeyKind, VerifierKey
from gongzhi.core.ledger.policy import Watching, quorum_text
from gongzhi.trust.interval import interval_of
from gongzhi.trust.models import Anchor, Cosignature, Quorum, SignedCheckpoint, Witness

pytestmark = pytest.mark.django_db
FAR = 10_000


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)


def key(letter: str) -> VerifierKey:
    return signer(letter, name=f"{letter}.example", kind=KeyKind.COSIGNATURE).verifier


def admitted(letters: str) -> None:
    for letter in letters:
        Witness.objects.create(
            name=key(letter).name,
            key=key(letter).text,
            operator=letter,
            admitted_by=uuid4(),
            admitted_at=timezone.now(),
        )


def quorum(number: int, letters: str, *, threshold: int, text: str | None = None) -> Quorum:
    """So many of these witnesses."""
    named = [Watching(key(letter)) for letter in letters]
    return Quorum.objects.create(
        number=number,
        text=quorum_text(named, threshold=threshold) if text is None else text,
        threshold=threshold,
        deed=uuid4(),
        since_at=timezone.now(),
    )


def cosigned(size: int, stated: Mapping[str, Sequence[int]], *quorums: Quorum) -> None:
    """A checkpoint with the moments that each witness stated under it, and the quorums it had."""
    now = timezone.now()
    checkpoint = SignedCheckpoint.objects.create(size=size, note="", key="", signed_at=now)
    for letter, moments in stated.items():
        witness = Witness.objects.get(name=key(letter).name)
        for moment in moments:
            Cosignature.objects.create(
                checkpoint=checkpoint,
                witness=witness,
                line="",
                stated_at_s=moment,
                received_at=now,
            )
    for each in quorums:
        Anchor.objects.create(checkpoint=checkpoint, quorum=each, anchored_at=now)


@pytest.mark.parametrize(
    ("index", "after", "before"),
    [
        (0, None, at(100)),  # in the first checkpoint: only a "before" is proved
        (2, None, at(100)),
        (3, at(100), at(207)),  # the first entry that the first checkpoint doesn't have
        (5, at(100), at(207)),
        (6, at(207), None),  # not under a quorum yet
    ],
)
def test_an_entry_came_between_two_quorums(index: int, after, before):
    admitted("abc")
    two = quorum(1, "abc", threshold=2)
    cosigned(3, {"a": [100], "b": [102], "c": [90]}, two)
    cosigned(6, {"a": [200], "b": [207], "c": [230]}, two)
    found = interval_of(index)
    assert (found.after, found.before) == (after, before)


def test_while_a_log_is_quiet_what_it_lacks_is_proved_until_it_was_last_looked_at():
    admitted("abc")
    two = quorum(1, "abc", threshold=2)
    cosigned(3, {"a": [100, 3700, 7300], "b": [102, 3702], "c": [109]}, two)
    assert interval_of(3).after == at(3702), "two of three saw no more at that moment"
    assert interval_of(0).before == at(102), "what it has was proved when it was signed first"


def test_whom_the_quorum_does_not_name_is_not_counted():
    """Retired before, or admitted since: neither makes an entry older or newer."""
    admitted("abcd")
    late = quorum(2, "bcd", threshold=2)
    cosigned(3, {"a": [50, 900], "b": [102], "c": [104], "d": [109]}, late)
    assert interval_of(0).before == at(104)
    assert interval_of(3).after == at(104)


def test_an_entry_is_held_to_the_quorum_that_was_in_force_beside_it():
    """A checkpoint carried over to another quorum later proves no earlier and no later moment."""
    admitted("abcde")
    strict, lax = quorum(1, "abcde", threshold=4), quorum(2, "de", threshold=2)
    moments = {"a": [101], "b": [102], "c": [103], "d": [109, 300], "e": [95, 290]}
    cosigned(3, moments, strict, lax)
    assert interval_of(0).before == at(103), "the first one that it reached"
    assert interval_of(3).after == at(290), "the one that it had last"


def test_whom_a_policy_requires_must_have_signed():
    admitted("abc")
    lines = "".join(f"{Watching(key(letter)).line}\n" for letter in "abc")
    names = {letter: key(letter).name for letter in "abc"}
    text = (
        f"{lines}group one any {names['a']} {names['b']}\n"
        f"group both all one {names['c']}\nquorum both\n"
    )
    cosigned(3, {"a": [100], "b": [101], "c": [150]}, quorum(1, "abc", threshold=2, text=text))
    assert interval_of(0).before == at(150), "two of three, but not the required one, at 101"
    assert interval_of(3).after == at(101)


@pytest.mark.parametrize("text", ["", "quorum none\n", "witness ?\n"])
def test_a_policy_that_asks_for_nobody_or_was_altered_proves_nothing(text: str):
    admitted("ab")
    cosigned(3, {"a": [100], "b": [102]}, quorum(1, "ab", threshold=2, text=text))
    assert (interval_of(0).before, interval_of(3).after) == (None, None)


@pytest.mark.parametrize("absurd", [2**40, 2**62])
def test_a_moment_that_no_calendar_reaches_proves_nothing(absurd: int):
    """A witness may state any 63 bits."""
    admitted("abc")
    two = quorum(1, "abc", threshold=2)
    cosigned(3, {"a": [100], "b": [absurd], "c": [absurd + 1]}, two)
    found = interval_of(0)
    assert (found.after, found.before) == (None, None)
    assert interval_of(3).after is None


def test_with_up_to_two_liars_of_five_an_entry_became_provable_between():
    """2k − n = 3 for four of five: so many would have to lie before the interval was wrong.

    The honest sign each checkpoint when they are shown it, the smaller one first. Four signatures
    have two honest ones among them: before the second of these, nobody could be shown the entry.
    """
    admitted("abcde")
    four = quorum(1, "abcde", threshold=4)
    moments = st.lists(st.integers(1, FAR), min_size=5, max_size=5)

    @settings(max_examples=40)
    @given(lacking=moments, later=moments, liars=st.sets(st.sampled_from("abcde"), max_size=2))
    def holds(lacking: list[int], later: list[int], liars: set[str]) -> None:
        has = {
            letter: moment if letter in liars else first + moment
            for letter, first, moment in zip("abcde", lacking, later, strict=True)
        }
        honest = sorted(has[letter] for letter in set("abcde") - liars)
        with undone():
            cosigned(3, {letter: [s] for letter, s in zip("abcde", lacking, strict=True)}, four)
            cosigned(6, {letter: [moment] for letter, moment in has.items()}, four)
            found = interval_of(3)
        assert found.after < at(honest[1])
        assert found.before >= at(honest[0]), "an honest one had it by then"

    holds()
