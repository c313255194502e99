"""Who is to cosign the log, as pages show it: each with its party, and how it stands with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from gongzhi.core.terms import Said
from gongzhi.parties.models import Organisation
from gongzhi.trust.cosignatures import Cosigner
from gongzhi.trust.proofs import PublishedHead
from gongzhi.trust.witnesses import admitted_witnesses, quorum_in_force, troubles

MINUTE, HOUR, DAY = 60, 3600, 86_400
UNITS = (
    (DAY, "{n} 天"),
    (HOUR, "{n} 小时"),
    (MINUTE, "{n} 分钟"),
)
SECONDS = "{n} 秒"
KEPT, WATCH, FAULT, UNKNOWN = "kept", "watch", "fault", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The organisation that runs a witness: its kind and its name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWitness:
    """A witness: its party, whether and how late it signed the newest checkpoint, and why not.

    `state` is the name of a mark; `stated_at` the moment that it states itself.
    """

    name: str
    operator: str
    key: str
    address: str
    admitted_at: datetime
    party: Party | None
    has_signed: bool
    state: str
    said: Said
    trouble: Said | None = None
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigners:
    """The witnesses of a head: how many must have signed it, and since when too few have.

    `since` is None while nothing lacks its quorum; `is_late` once it lacks it for longer than it
    takes to answer.
    """

    witnesses: tuple[ShownWitness, ...]
    threshold: int
    since: datetime | None = None
    is_late: bool = False

    @property
    def signed(self) -> int:
        """How many of those that count have signed."""
        return sum(each.has_signed for each in self.witnesses)

    @property
    def shared(self) -> int:
        """How many any two sufficient sets share: a split view needs all of those to lie."""
        return max(0, 2 * self.threshold - len(self.witnesses))


def cosigners_shown(head: PublishedHead | None) -> Cosigners:
    """The admitted witnesses in the order of their admission, and how each stands with the head."""
    quorum = quorum_in_force()
    return Cosigners(
        witnesses=tuple(_witnesses(head)),
        threshold=quorum.threshold if quorum else 0,
        since=head.unanchored_since if head else None,
        is_late=head.is_late if head else False,
    )


def _witnesses(head: PublishedHead | None) -> Iterator[ShownWitness]:
    chosen = admitted_witnesses()
    parties = _parties({each.organisation for each in chosen if each.organisation})
    signed = {each.name: each for each in head.cosigners} if head else {}
    hindered = troubles()
    since = head.signed_at if head else timezone.now()
    for each in chosen:
        cosigner, trouble = signed.get(each.name), hindered.get(each.name)
        state, said = _standing(cosigner, trouble=trouble, since=since)
        yield ShownWitness(
            name=each.name,
            operator=each.operator,
            key=each.key,
            address=each.address,
            admitted_at=each.admitted_at,
            party=parties.get(each.organisation),
            has_signed=cosigner is not None,
            state=state,
            said=said,
            trouble=trouble,
            stated_at=cosigner.stated_at if cosigner else None,
        )


def lasting(seconds: float) -> Said:
    """How long something took, in the largest unit that it fills."""
    for length, text in UNITS:
        if seconds >= length:
            return Said(text, {"n": int(seconds // length)})
    return Said(SECONDS, {"n": f"{seconds:.1f}" if seconds < 10 else int(seconds)})


def _standing(
    cosigner: Cosigner | None, *, trouble: Said | None, since: datetime
) -> tuple[str, Said]:
    """The mark of a witness, and whether it signed the newest checkpoint, how late or not yet."""
    if cosigner is None:
        waited = max(0.0, (timezone.now() - since).total_seconds())
        is_late = waited > settings.LOG_QUORUM_LATE_S
        said = Said("还没有联署最新的检查点，已过 {time}", {"time": lasting(waited)})
        return (FAULT if trouble else WATCH if is_late else UNKNOWN), said
    values = {"time": lasting(cosigner.delay_s)}
    if cosigner.delay_s > settings.LOG_QUORUM_LATE_S:
        return WATCH, Said("检查点签出 {time}后才联署，晚了", values)
    return KEPT, Said("检查点签出 {time}后联署", values)


def _parties(organisations: set[UUID]) -> Mapping[UUID | None, Party]:
    rows = Organisation.objects.filter(pk__in=organisations).values_list("pk", "kind", "name")
    return {pk: Party(kind=kind, name=name) for pk, kind, name in rows}
