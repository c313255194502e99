"""What a witness remembers: its key, the logs it watches, and of each the last note it cosigned.

A folder of small files. Nothing is answered before it is written here; a second process with
the same folder is refused; a folder that lost a note is never taken for a new one.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.evidence import Shown, read_evidence, write_evidence
from gongzhi.core.ledger.keys import (
    KEY_BYTES,
    KeyKind,
    Signer,
    VerifierKey,
    read_signer,
    read_verifier_key,
)
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import AddCheckpoint
from gongzhi.core.terms import Said
from gongzhi.witness.files import write_whole

EVIDENCE_MAX = 1_000
OPEN = "open-"
NO_WITNESS = "{path} 里还没有见证方；请先运行 gongzhi witness init"
IS_THERE = "{path} 里已有见证方 {name}；另立见证方请换一个目录"
UNREADABLE = "{path} 看不懂；请从备份恢复"
IN_USE = "另一个程序正在使用 {path}；同一个见证方不能运行两份"
LOST = (
    "{path} 丢了已见证的检查点；见证方忘了看到过什么，就不能再作证。"
    "请运行 gongzhi witness retire，再用新的名称和密钥另立一个"
)
RETIRED = "见证方 {name} 已经退役，不再见证"


class WitnessRefused(Exception):
    """The witness rather says nothing than something it can't stand for."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.text)
        self.said = said


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A log that the witness watches: its key, and where it is published, if that was given."""

    key: VerifierKey
    address: str | None = None

    @property
    def line(self) -> str:
        """The log as a line of a policy file."""
        return " ".join(filter(None, ("log", self.key.text, self.address)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A request that a log signed and couldn't prove, as it came, and what was known then."""

    path: Path
    content: str


class Store:
    """The folder of a witness."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def found(self, name: str, logs: tuple[Watched, ...]) -> None:
        """Make a witness of that name; its key never leaves the folder."""
        if self._key_path.exists():
            path, known = str(self.folder), self.signer().name
            raise WitnessRefused(Said(IS_THERE, {"path": path, "name": known}))
        signer = Signer(name, KeyKind.COSIGNATURE, secrets.token_bytes(KEY_BYTES))
        write_whole(self.folder / "logs", "".join(log.line + "\n" for log in logs))
        write_whole(self._key_path, signer.text + "\n")

    def watch(self, log: Watched) -> None:
        """Watch one more log, or the same one at another address."""
        others = [known for known in self.logs() if known.key != log.key]
        lines = "".join(known.line + "\n" for known in (*others, log))
        write_whole(self.folder / "logs", lines)

    def signer(self) -> Signer:
        """The witness's own key."""
        if not self._key_path.exists():
            raise WitnessRefused(Said(NO_WITNESS, {"path": str(self.folder)}))
        try:
            return read_signer(self._key_path.read_text("utf-8").strip())
        except (UnicodeDecodeError, RejectedError) as error:
            raise _unreadable(self._key_path) from error

    def logs(self) -> tuple[Watched, ...]:
        """The logs that it watches."""
        path = self.folder / "logs"
        try:
            lines = path.read_text("utf-8").splitlines()
            return tuple(_watched(line) for line in lines if line.strip())
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise _unreadable(path) from error

    def last(self, origin: str) -> str | None:
        """The last note of a log that was cosigned, with the cosignature; None at its first."""
        path = self._room(origin) / "checkpoint"
        if path.exists():
            return path.read_text("utf-8")
        if (self._room(origin) / "begun").exists():
            raise WitnessRefused(Said(LOST, {"path": str(path.parent)}))
        return None

    def last_checkpoint(self, origin: str) -> Checkpoint | None:
        """What that note says."""
        note = self.last(origin)
        try:
            return read_checkpoint(read_note(note).text) if note else None
        except RejectedError as error:
            raise _unreadable(self._room(origin) / "checkpoint") from error

    def remember(self, origin: str, note: str) -> None:
        """Keep a note before its cosignature leaves the house.

        That there is one to be missed is noted after it and before the answer: who dies in between
        has answered nobody, and has lost nothing.
        """
        room = self._room(origin)
        write_whole(room / "checkpoint", note)
        if not (room / "begun").exists():
            write_whole(room / "begun", origin + "\n")

    def keep_evidence(self, request: AddCheckpoint, *, origin: str) -> None:
        """Keep a request that the log signed and couldn't prove, beside what was known then.

        Two histories are kept once for each pair of checkpoints, however many: only the log can
        sign them. Of requests that leave a question, which strangers can make, so many are kept.
        """
        known = self.last(origin) or ""
        content = write_evidence(request.content.decode(), known=known)
        folder = self._room(origin) / "evidence"
        try:
            found = read_evidence(content, keys=[log.key for log in self.logs()])
        except RejectedError:  # there was nothing that it could contradict
            found = None
        if found is not None and found.shown is Shown.TWO_HISTORIES:
            path = folder / f"{_digest(found.old.text + found.new.text)}.txt"
        elif len(list(folder.glob(f"{OPEN}*.txt"))) < EVIDENCE_MAX:
            path = folder / f"{OPEN}{_digest(content)}.txt"
        else:
            return
        if not path.exists():
            write_whole(path, content)

    def evidence(self, origin: str) -> Iterator[Evidence]:
        """All of it, the oldest first."""
        files = (self._room(origin) / "evidence").glob("*.txt")
        for path in sorted(files, key=lambda file: file.stat().st_mtime_ns):
            yield Evidence(path=path, content=path.read_text("utf-8"))

    def retire(self) -> None:
        """Say nothing more, for good."""
        write_whole(self.folder / "retired", self.signer().verifier.text + "\n")

    def is_retired(self) -> bool:
        """Whether it has said its last."""
        return (self.folder / "retired").exists()

    def refuse_if_retired(self) -> None:
        """Raise WitnessRefused if it has."""
        if self.is_retired():
            raise WitnessRefused(Said(RETIRED, {"name": self.signer().name}))

    def lock(self) -> int:
        """Be the one process that speaks for this witness, until it ends."""
        self.signer()
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise WitnessRefused(Said(IN_USE, {"path": str(self.folder)})) from error
        return handle

    @property
    def _key_path(self) -> Path:
        return self.folder / "key"

    def _room(self, origin: str) -> Path:
        return self.folder / "state" / hashlib.sha256(origin.encode()).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _watched(line: str) -> Watched:
    match line.split():
        case ["log", key]:
            return Watched(key=read_verifier_key(key))
        case ["log", key, address]:
            return Watched(key=read_verifier_key(key), address=address)
    raise ValueError("not a line of a log")


def _unreadable(path: Path) -> WitnessRefused:
    return WitnessRefused(Said(UNREADABLE, {"path": str(path)}))
