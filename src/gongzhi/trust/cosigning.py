"""After a checkpoint is signed, ask all witnesses to cosign it, each in a thread of its own.

Nothing waits for them: entries are numbered and heads signed whether they answer or not. One that
is slow holds up no other; one that is away is asked again after a pause that grows to some seconds.
What a witness knew last is kept in the database, so that a restarted log asks it right; when it
knows otherwise (409), it is believed. A witness that holds this log's own signature under more, or
under something else, than the database has, proves that with it: then the log stands still.
"""

import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.encoding import read_decimal
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import WITNESSES_MAX
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import AddCheckpoint, Status
from gongzhi.trust.asking import Heard, ask, last_note
from gongzhi.trust.cosignatures import Taken, fresh_cosigners, keep
from gongzhi.trust.locks import alone
from gongzhi.trust.models import SignedCheckpoint, Witness, WitnessContact
from gongzhi.trust.publishing import heed
from gongzhi.trust.sequencing import locked_head
from gongzhi.trust.tiles import consistency_path
from gongzhi.trust.troubles import Trouble

ROUND_S_MAX = 1.0
FIRST_PAUSE_S, PAUSE_S_MAX = 0.5, 8.0
# Two numbers that name the lock on asking among the database's advisory locks.
LOCK = (0x676F6E67, 0x61736B21)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a witness said, and where that contradicts the log, the note that it cosigned last."""

    heard: Heard
    size: int | None = None
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a witness was asked to cosign, and from which size it was shown the growth."""

    witness: Witness
    checkpoint: SignedCheckpoint
    old: int
    is_corrected: bool


@dataclass(slots=True)
class _Patience:
    """How long a witness that failed is left alone; real time, which no clock moves."""

    failures: int = 0
    until: float = 0.0

    def fail(self) -> None:
        self.until = time.monotonic() + min(PAUSE_S_MAX, FIRST_PAUSE_S * 2**self.failures)
        self.failures = min(self.failures + 1, 10)


@dataclass(slots=True)
class Cosigning:
    """The asking of all witnesses, round by round."""

    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(WITNESSES_MAX, thread_name_prefix="witness")
    )
    _underway: dict[Future[_Answer], _Asked] = field(default_factory=dict)
    _patience: dict[int, _Patience] = field(default_factory=dict)

    def round(self, *, wait_s: float = ROUND_S_MAX) -> bool:
        """Ask whoever has not cosigned the newest checkpoint of late, and hear for so long at most.

        Returns whether somebody was asked or heard. What comes later is heard in the next round.
        """
        until = time.monotonic() + wait_s
        with alone(LOCK) as is_alone:
            checkpoint = SignedCheckpoint.objects.last() if is_alone else None
            if checkpoint is not None:
                for witness in self._to_be_asked(checkpoint):
                    self._ask(witness, checkpoint)
            was_busy = bool(self._underway)
            while self._underway and (left := until - time.monotonic()) > 0:
                done, _ = wait(self._underway, timeout=left, return_when=FIRST_COMPLETED)
                for asking in done:
                    self._hear(self._underway.pop(asking), asking.result())
        return was_busy

    def end(self) -> None:
        """Ask no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _to_be_asked(self, checkpoint: SignedCheckpoint) -> Iterator[Witness]:
        busy = {asked.witness.pk for asked in self._underway.values()}
        due = Witness.objects.filter(retired_at=None).exclude(address="")
        for witness in due.exclude(pk__in=fresh_cosigners(checkpoint)):
            patience = self._patience.setdefault(witness.pk, _Patience())
            if witness.pk not in busy and time.monotonic() >= patience.until:
                yield witness

    def _ask(
        self, witness: Witness, checkpoint: SignedCheckpoint, *, told: int | None = None
    ) -> None:
        """Show a witness the growth since what it knew last, or since what it says it knows."""
        old = _known_to(witness, up_to=checkpoint.size) if told is None else told
        proof = consistency_path(old, size=checkpoint.size)
        if proof is None:
            self._fail(witness, Trouble.NO_PROOF)
            return
        request = AddCheckpoint(old=old, proof=proof, note=checkpoint.note)
        asked = _Asked(
            witness=witness, checkpoint=checkpoint, old=old, is_corrected=told is not None
        )
        asking = self._threads.submit(_answer, request, address=witness.address)
        self._underway[asking] = asked

    def _hear(self, asked: _Asked, answer: _Answer) -> None:
        if answer.heard.status == Status.COSIGNED:
            self._take(asked, answer.heard.body)
        elif answer.last and _contradicts(answer.last):
            self._fail(asked.witness, Trouble.DISPUTES if answer.size is None else Trouble.AHEAD)
        elif answer.size is not None and answer.size <= asked.checkpoint.size:
            if asked.is_corrected:
                self._fail(asked.witness, Trouble.REFUSES)
            else:
                self._ask(asked.witness, asked.checkpoint, told=answer.size)
        else:
            self._fail(asked.witness, _trouble(answer))

    def _take(self, asked: _Asked, lines: str) -> None:
        """Keep a cosignature; one that isn't the witness's own is no answer."""
        try:
            signatures = read_note(read_note(asked.checkpoint.note).text + "\n" + lines).signatures
            own = [each for each in signatures if each.name == asked.witness.name]
            taken = keep(asked.checkpoint, own)
        except RejectedError:
            taken = Taken(known=0, new=0)
        if taken.known != 1:
            self._fail(asked.witness, Trouble.NOT_ITSELF)
            return
        self._patience[asked.witness.pk] = _Patience()
        if not taken.new:  # a clock that stands still states the same moment again
            self._patience[asked.witness.pk].fail()
        _note(asked.witness, Trouble.NONE, size=asked.checkpoint.size)

    def _fail(self, witness: Witness, trouble: Trouble) -> None:
        self._patience.setdefault(witness.pk, _Patience()).fail()
        _note(witness, trouble)


def _answer(request: AddCheckpoint, *, address: str) -> _Answer:
    """Ask, in a thread of its own; where the witness contradicts, ask what it cosigned last."""
    wait_s = settings.LOG_WITNESS_WAIT_S
    checkpoint = read_checkpoint(read_note(request.note).text)
    heard = ask(address, request.content, wait_s=wait_s)
    size = _size_told(heard)
    is_ahead = size is not None and size > checkpoint.size
    if not is_ahead and heard.status != Status.UNPROVEN:
        return _Answer(heard=heard, size=size)
    last = last_note(address, origin=checkpoint.origin, wait_s=wait_s)
    return _Answer(heard=heard, size=size, last=last.body)


def _size_told(heard: Heard) -> int | None:
    """The size that a witness says it knows."""
    try:
        return read_decimal(heard.body.strip()) if heard.status == Status.CONFLICT else None
    except ValueError:
        return None


def _trouble(answer: _Answer) -> Trouble:
    if answer.heard.status is None or answer.heard.status >= 500:
        return Trouble.SILENT
    return Trouble.DISPUTES if answer.heard.status == Status.UNPROVEN else Trouble.REFUSES


@transaction.atomic
def _contradicts(last: str) -> bool:
    """Whether a witness's note proves that this log is not what it was; it then stands still."""
    return locked_head() is not None and heed(last)


def _known_to(witness: Witness, *, up_to: int) -> int:
    """The size that a witness cosigned last, as far as is known and of any use."""
    contact = WitnessContact.objects.filter(witness=witness, size__lte=up_to).first()
    return contact.size if contact else 0


def _note(witness: Witness, trouble: Trouble, *, size: int | None = None) -> None:
    """Remember how it went."""
    now = {"asked_at": timezone.now(), "trouble": trouble.value}
    known = {} if size is None else {"size": size}
    WitnessContact.objects.update_or_create(witness=witness, defaults=now | known)
