"""Whose signatures make a checkpoint believable (C2SP tlog-policy)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from gongzhi.core.ledger.encoding import has_control_characters, read_decimal
from gongzhi.core.ledger.keys import KeyKind, VerifierKey, read_verifier_key
from gongzhi.core.ledger.rejected import Reason, RejectedError

NOBODY = "none"
PARTIES = "parties"  # the one group of the policies that we write
WITNESSES_MAX = 60  # a note has room for so many cosignatures beside the log's own (note.py)
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members must have signed."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Known logs and witnesses, groups in the order of their definition, and the quorum."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """Every key the policy knows."""
        return (*self.logs, *self.witnesses.values())

    def is_satisfied_by(self, signers: Collection[VerifierKey]) -> bool:
        """Whether the quorum is among the signers (tlog-policy, Defining the quorum)."""
        signed = {name: key in signers for name, key in self.witnesses.items()}
        for name, group in self.groups.items():
            count = sum(signed[member] for member in group.members)
            signed[name] = count >= group.threshold
        return self.quorum == NOBODY or signed[self.quorum]


@dataclass(slots=True)
class _Draft:
    """A policy while its lines are read; each reader raises ValueError on a bad line."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    grouped: set[str] = field(default_factory=set)
    quorum: str | None = None

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", key] | ["log", key, _]:
                self.logs.append(self._key(key, KeyKind.ED25519, self.logs))
            case ["witness", name, key] | ["witness", name, key, _]:
                known = list(self.witnesses.values())
                self.witnesses[self._new(name)] = self._key(key, KeyKind.COSIGNATURE, known)
            case ["group", name, threshold, *members]:
                self.groups[self._new(name)] = self._group(threshold, members)
            case ["quorum", name] if self.quorum is None and self._is_defined(name):
                self.quorum = name
            case _:
                raise ValueError("not a line of a policy")

    def _is_defined(self, name: str) -> bool:
        return name in self.witnesses or name in self.groups or name == NOBODY

    def _new(self, name: str) -> str:
        if self._is_defined(name):
            raise ValueError("the name is taken")
        return name

    def _key(self, text: str, kind: KeyKind, known: list[VerifierKey]) -> VerifierKey:
        key = read_verifier_key(text)
        if key.kind is not kind or key.public in [other.public for other in known]:
            raise ValueError("a key of the wrong kind, or given twice")
        return key

    def _group(self, threshold: str, members: list[str]) -> Group:
        needed = {"any": 1, "all": len(members)}.get(threshold)
        group = Group(read_decimal(threshold) if needed is None else needed, tuple(members))
        free = all(self._is_defined(name) and name != NOBODY for name in members)
        once = len(set(members)) == len(members) and self.grouped.isdisjoint(members)
        if not (free and once and 1 <= group.threshold <= len(members)):
            raise ValueError("a group of unknown or repeated members, or one never satisfied")
        self.grouped.update(members)
        return group


def read_policy(text: str) -> Policy:
    """The policy of its file (tlog-policy, Policy file syntax); a bad line is named."""
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), start=1):
        words = [word for word in _BLANKS.split(line) if word]
        if has_control_characters(line.replace("\t", " ")):
            raise RejectedError(Reason.POLICY, str(number))
        if not words or words[0].startswith("#"):
            continue
        try:
            draft.take(words)
        except ValueError as error:
            raise RejectedError(Reason.POLICY, str(number)) from error
    if draft.quorum is None:
        raise RejectedError(Reason.QUORUM_LINE)
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum)


@dataclass(frozen=True, slots=True)
class Watching:
    """A witness as a policy names it: by its key's name, with its address if it has one."""

    key: VerifierKey
    address: str = ""

    @property
    def line(self) -> str:
        """The line of a policy."""
        return " ".join(filter(None, ("witness", self.key.name, self.key.text, self.address)))


def quorum_text(witnesses: Sequence[Watching], *, threshold: int) -> str:
    """The part of a policy that is about witnesses: so many of these; 0 asks for nobody."""
    assert 0 <= threshold <= len(witnesses) <= WITNESSES_MAX, "a quorum that can be reached"
    members = " ".join(witness.key.name for witness in witnesses)
    group = [f"group {PARTIES} {threshold} {members}"] if threshold else []
    quorum = PARTIES if threshold else NOBODY
    lines = [*(witness.line for witness in witnesses), *group, f"quorum {quorum}"]
    return "\n".join(lines) + "\n"


def policy_text(log: VerifierKey, *, quorum: str = f"quorum {NOBODY}\n") -> str:
    """The policy of one log; without a quorum it is the simplest one, which needs no witness."""
    return f"log {log.text}\n{quorum}"


def addresses_in(text: str) -> Mapping[str, str]:
    """Where a policy says that its witnesses are asked, by name; nowhere is an empty address."""
    lines = [line.split() for line in text.splitlines() if line.startswith("witness ")]
    return {words[1]: words[3] if len(words) > 3 else "" for words in lines}


def threshold_of(policy: Policy) -> int:
    """How many witnesses a policy of ours asks for; 0 where it isn't one of ours."""
    group = policy.groups.get(policy.quorum)
    return group.threshold if group else 0


def always_overlap(count: int, *, threshold: int) -> bool:
    """Whether any two quorums share a witness, so that two histories need one that lies twice."""
    return 2 * threshold > count
