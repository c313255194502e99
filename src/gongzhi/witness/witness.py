"""The witness itself: it cosigns what grew from what it saw before, and keeps what didn't."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import (
    SIZE_TYPE,
    AddCheckpoint,
    Judgement,
    Status,
    judge,
    read_request,
)
from gongzhi.witness.store import Store

AGAIN_S = 3600
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a witness says to a request."""

    status: Status
    body: str = ""
    content_type: str = TEXT

    @property
    def is_cosigned(self) -> bool:
        """Whether the body is a cosignature."""
        return self.status is Status.COSIGNED


class Witness:
    """One witness in one process; requests of all logs are weighed one after another."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        self.store = store
        self.signer = store.signer()
        self._clock = clock
        self._one_at_a_time = threading.Lock()

    def add_checkpoint(self, content: bytes) -> Answer:
        """Answer a request; what is cosigned was remembered before (tlog-witness)."""
        self.store.refuse_if_retired()
        try:
            request = read_request(content)
        except RejectedError as rejected:
            return Answer(status=Status.MALFORMED, body=f"{rejected}\n")
        with self._one_at_a_time:
            return self._weigh(request)

    def _weigh(self, request: AddCheckpoint) -> Answer:
        logs = [log.key for log in self.store.logs()]
        origin = request.note.partition("\n")[0]
        is_watched = any(key.name == origin for key in logs)
        last = self.store.last_checkpoint(origin) if is_watched else None
        judgement = judge(request, logs=logs, last=last)
        if judgement.is_evidence:
            self.store.keep_evidence(request, origin=origin)
        if judgement.status is Status.COSIGNED:
            return self._cosigned(request.note, judgement)
        if judgement.status is Status.CONFLICT:
            size = last.size if last else 0
            return Answer(status=Status.CONFLICT, body=f"{size}\n", content_type=SIZE_TYPE)
        return Answer(status=judgement.status, body=f"{judgement.status.name.lower()}\n")

    def _cosigned(self, content: str, judgement: Judgement) -> Answer:
        assert judgement.checkpoint is not None, "only a checkpoint is cosigned"
        cosigned = read_note(content).signed(self.signer, at=int(self._clock()))
        self.store.remember(judgement.checkpoint.origin, cosigned.content)
        return Answer(status=Status.COSIGNED, body=cosigned.signatures[-1].line)

    def is_due_again(self, origin: str) -> bool:
        """Whether the last cosignature is so old that the same checkpoint deserves a fresh one."""
        note = self.store.last(origin)
        attested = check_note(read_note(note), keys=[self.signer.verifier]) if note else ()
        return any(each.at is not None and each.at + AGAIN_S <= self._clock() for each in attested)

    def last_note(self, origin: str) -> str | None:
        """The last cosigned note of a log, for whoever monitors."""
        return self.store.last(origin)

    def last_checkpoint(self, origin: str) -> Checkpoint | None:
        """What it says."""
        return self.store.last_checkpoint(origin)
