"""The files that show what a voice says: those that stand beside it, and how many more may."""

from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.desk.models import Attachment
from gongzhi.desk.models.attachments import AttachmentQuerySet
from gongzhi.forum.models import Voice
from gongzhi.parties.business_date import business_date
from gongzhi.rules.participation.voices import voice_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLimits:
    """How many files may stand beside a voice, and how large each."""

    files: int
    megabytes: int


def evidence_of(member: Member, voice: Voice) -> AttachmentQuerySet:
    """The files beside a voice that stand, for their reader, the oldest first."""
    rows: AttachmentQuerySet = Attachment.objects.visible_to(member, beside=voice.thing().name)
    return rows.filter(stage=Attachment.Stage.ATTACHED).order_by("id").with_facts()


def evidence_limits() -> EvidenceLimits:
    """What may be attached today."""
    rules = voice_rules(on=business_date())
    return EvidenceLimits(files=rules.evidence_files_max, megabytes=rules.evidence_megabytes_max)
