"""What waits for a unit's people: drafts to publish, and findings that nobody has answered yet."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.cycle.models import DRAFTS, Answer, DerivedFinding, FormVersion
from gongzhi.cycle.reading import VersionQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for a member; each draft counts its `certain` and `advisory` findings."""

    drafts: Collection[FormVersion]
    unanswered: Collection[DerivedFinding]


def waiting_for(member: Member) -> Waiting:
    """The drafts and open findings of the member's own unit, the newest first."""
    if member.organisation is None:
        return Waiting(drafts=(), unanswered=())
    readable = FormVersion.objects.visible_to(member)
    own = readable.filter(project__unit=member.organisation)
    drafts = own.filter(stage__in=DRAFTS).with_facts().order_by("-id")
    return Waiting(
        drafts=drafts.annotate(
            certain=Count("findings", filter=Q(findings__certain=True)),
            advisory=Count("findings", filter=Q(findings__certain=False)),
        ),
        unanswered=_unanswered(own.current()),
    )


def _unanswered(versions: VersionQuerySet) -> QuerySet[DerivedFinding]:
    answers = Answer.objects.filter(version=OuterRef("version"), code=OuterRef("code"))
    here = answers.filter(indicator=OuterRef("indicator"))
    whole = answers.filter(indicator=None)
    answered = Exists(here) | (Q(indicator=None) & Exists(whole))
    findings = DerivedFinding.objects.filter(version__in=versions).exclude(answered)
    return findings.select_related("version__project__unit__region").order_by(
        "-certain", "-version", "position"
    )
