"""Cosignatures: kept as they come, shown with the checkpoint, counted against the quorum.

They come in answers to what the log asked and in what witnesses push. Whichever came when, a
checkpoint is anchored from the moment on that enough of the admitted witnesses have signed it.
While nothing new is signed, the newest checkpoint is cosigned anew every hour: what is shown is the
last cosignature of each, the first one says how late it came.
Their timestamps are the witnesses' own; nothing here is ordered by a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.note import Note, NoteSignature, check_note, read_note
from gongzhi.trust.models import Anchor, Cosignature, Quorum, SignedCheckpoint, Witness
from gongzhi.trust.straight import asked

# Two numbers that name the lock on counting cosignatures among the database's advisory locks.
LOCK = (0x676F6E67, 0x636F7369)
# The newest checkpoint over an entry that has the quorum in force, else the newest signed; under
# its note the last cosignature of each witness, in the order in which they came first.
BELIEVED = """
SELECT note || coalesce(string_agg(line, '' ORDER BY first), '') FROM trust_signedcheckpoint
LEFT JOIN LATERAL (
    SELECT min(id) AS first, (array_agg(line ORDER BY id DESC))[1] AS line
    FROM trust_cosignature WHERE checkpoint_id = size GROUP BY witness_id
) AS cosigned ON true
WHERE size = coalesce(
    (SELECT size FROM trust_anchor JOIN trust_signedcheckpoint ON size = checkpoint_id
     WHERE quorum_id = (SELECT max(number) FROM trust_quorum) AND checkpoint_id > %b::int8
     ORDER BY checkpoint_id DESC LIMIT 1),
    (SELECT max(size) FROM trust_signedcheckpoint)
) GROUP BY size, note
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigner:
    """Who cosigned: under which name, who runs it, the moment it states, and how late it came."""

    name: str
    operator: str
    stated_at_s: int
    delay_s: float

    @property
    def stated_at(self) -> datetime | None:
        """That moment; None where no calendar reaches."""
        return moment_stated(self.stated_at_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was in a pushed note: how many good cosignatures of admitted witnesses, how many new."""

    known: int
    new: int


def moment_stated(seconds: int) -> datetime | None:
    """The moment that a witness states, in seconds since 1970; None where no calendar reaches."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def note_of(checkpoint: SignedCheckpoint) -> str:
    """The signed note with every cosignature under it so far."""
    last = {row.witness_id: row.line for row in _ends(checkpoint)}
    return checkpoint.note + "".join(last.values())


def believed_note(index: int) -> str | None:
    """The signed note, with its cosignatures, under which an entry is to be proved.

    It may be one that doesn't cover the entry yet; None until anything was signed.
    """
    for (note,) in asked(BELIEVED, [index]):
        return str(note)
    return None


def cosigners_of(checkpoint: SignedCheckpoint) -> tuple[Cosigner, ...]:
    """Who cosigned a checkpoint, in the order in which it came first."""
    first: dict[int, Cosignature] = {}
    last: dict[int, Cosignature] = {}
    for row in _ends(checkpoint).select_related("witness"):
        first.setdefault(row.witness_id, row)
        last[row.witness_id] = row
    since = checkpoint.signed_at
    return tuple(_cosigner(first[number], last[number], since=since) for number in first)


def _ends(checkpoint: SignedCheckpoint) -> QuerySet[Cosignature]:
    """The first cosignature and the last of each witness; a quiet log has thousands in between."""
    each = checkpoint.cosignatures.order_by().values("witness")
    firsts, lasts = (each.annotate(end=end("id")).values("end") for end in (Min, Max))
    return checkpoint.cosignatures.filter(Q(id__in=firsts) | Q(id__in=lasts))


def _cosigner(first: Cosignature, last: Cosignature, *, since: datetime) -> Cosigner:
    """A clock that was set back meanwhile makes no delay."""
    return Cosigner(
        name=first.witness.name,
        operator=first.witness.operator,
        stated_at_s=last.stated_at_s,
        delay_s=max(0.0, (first.received_at - since).total_seconds()),
    )


def fresh_cosigners(checkpoint: SignedCheckpoint) -> frozenset[int]:
    """Who need not cosign a checkpoint: who did so of late, or ever if it isn't the newest."""
    cosigned = checkpoint.cosignatures.all()
    if not SignedCheckpoint.objects.filter(size__gt=checkpoint.size).exists():
        now = timezone.now()
        since = now - timedelta(seconds=settings.LOG_COSIGN_AGAIN_S)
        cosigned = cosigned.filter(received_at__gt=since, received_at__lte=now)
    return frozenset(cosigned.values_list("witness_id", flat=True))


def take(content: str) -> Taken | None:
    """Keep the cosignatures of a note that somebody pushed; None if it isn't one of ours.

    A note that can't be read, or with a bad signature of a known key, raises RejectedError.
    """
    note = read_note(content)
    size = read_checkpoint(note.text).size
    checkpoint = SignedCheckpoint.objects.filter(size=size).first()
    if checkpoint is None or read_note(checkpoint.note).text != note.text:
        return None
    return keep(checkpoint, note.signatures)


@transaction.atomic
def keep(checkpoint: SignedCheckpoint, signatures: Iterable[NoteSignature]) -> Taken:
    """Keep what admitted witnesses signed, and anchor the checkpoint if that is enough.

    One at a time: of two that count at once, neither would see that it was the last one needed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)
    note = Note(read_note(checkpoint.note).text, tuple(signatures))
    witnesses = {w.verifier: w for w in Witness.objects.filter(retired_at=None)}
    attested = check_note(note, keys=witnesses)
    fresh = fresh_cosigners(checkpoint)
    lines = {(signed.name, signed.key_id): signed.line for signed in reversed(note.signatures)}
    rows = [
        Cosignature(
            checkpoint=checkpoint,
            witness=witnesses[each.key],
            line=lines[each.key.name, each.key.key_id],
            stated_at_s=each.at or 0,
            received_at=timezone.now(),
        )
        for each in attested
        if witnesses[each.key].pk not in fresh
    ]
    before = checkpoint.cosignatures.count()
    Cosignature.objects.bulk_create(rows, ignore_conflicts=True)
    if quorum := Quorum.objects.last():
        anchor(checkpoint, quorum)
    return Taken(known=len(attested), new=checkpoint.cosignatures.count() - before)


def anchor(checkpoint: SignedCheckpoint, quorum: Quorum) -> bool:
    """Write down that a checkpoint has its quorum, if it has; whether it has."""
    admitted = checkpoint.cosignatures.filter(witness__retired_at=None)
    cosigners = admitted.order_by().values("witness").distinct().count()
    if not 0 < quorum.threshold <= cosigners:
        return False
    anchored = Anchor(checkpoint=checkpoint, quorum=quorum, anchored_at=timezone.now())
    Anchor.objects.bulk_create([anchored], ignore_conflicts=True)
    return True


def carry_over(quorum: Quorum) -> None:
    """What was anchored last stays so under a new quorum, if it still has enough of it."""
    last = _newest(Anchor.objects.all())
    if last is not None:
        anchor(last, quorum)


def last_anchored() -> SignedCheckpoint | None:
    """The newest checkpoint that has the quorum in force."""
    return _newest(Anchor.objects.filter(quorum=Quorum.objects.last()))


def unanchored_since() -> datetime | None:
    """The moment since when what was signed lacks its quorum; None while nothing does."""
    quorum = Quorum.objects.last()
    signed = SignedCheckpoint.objects.last()
    if quorum is None or quorum.threshold == 0 or signed is None:
        return None
    if quorum.anchors.filter(checkpoint=signed).exists():
        return None
    before = _newest(Anchor.objects.all())
    first = SignedCheckpoint.objects.filter(size__gt=before.size if before else 0).first()
    began = first.signed_at if first else quorum.since_at
    return began if quorum.anchors.exists() else max(began, quorum.since_at)


def _newest(anchors: QuerySet[Anchor]) -> SignedCheckpoint | None:
    found = anchors.select_related("checkpoint").order_by("-checkpoint_id").first()
    return found.checkpoint if found else None
