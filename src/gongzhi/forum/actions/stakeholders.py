"""The stakeholder register as deeds: who is affected, who was invited, who spoke."""

from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Stakeholder, StakeholderInvitation, StakeholderWord
from gongzhi.forum.posts import personal_faults, refuse_personal
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable

NO_NAME = Said("请写明是哪一方，不写个人姓名")
NO_EFFECT = Said("请写明受到什么影响")
KNOWN = Said("名册上已经有这一方")
NO_TEXT = Said("请写明邀请的话")
NO_WORD = Said("请写明说了什么、在哪里说的")
SPOKEN = Said("这一方已经发言，不必再邀请")


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Who is affected and how: a registered organisation, or a group by its name."""

    name: str
    effect: str
    organisation: Organisation | None = None


def register_stakeholder(
    *, by: Member, project: Project, affected: Affected, key: str | None = None
) -> Stakeholder:
    """Put somebody on the register."""
    row = stakeholder_to_be(project, affected)
    with act(by, "register_stakeholder", on=row.thing(), key=key) as record:
        _refuse_unfit(row)
        row.registered_on = record.business_date
        row.save(force_insert=True)
        record["stakeholder"] = str(row.pk)
        record["project"] = str(project.pk)
        if row.organisation_id:
            record["organisation"] = str(row.organisation_id)
        record["name"] = row.name
    return row


def invite_stakeholder(
    *, by: Member, stakeholder: Stakeholder, text: str, key: str | None = None
) -> StakeholderInvitation:
    """Ask somebody who has not spoken yet to speak."""
    with act(by, "invite_stakeholder", on=stakeholder, key=key) as record:
        if not text.strip():
            raise Unsuitable({"text": NO_TEXT})
        if Stakeholder.objects.with_facts().get(pk=stakeholder.pk).has_spoken:
            raise Unsuitable({"text": SPOKEN})
        assert by.office is not None, "whoever invites stands in an office"
        invitation = StakeholderInvitation.objects.create(
            stakeholder=stakeholder,
            text=text.strip(),
            office_id=by.office,
            invited_on=record.business_date,
        )
        record["stakeholder"] = str(stakeholder.pk)
        record.private("text", invitation.text)
    return invitation


def note_stakeholder(
    *, by: Member, stakeholder: Stakeholder, said: str, about: str = "", key: str | None = None
) -> StakeholderWord:
    """Note that somebody spoke, and where it is to be read."""
    with act(by, "note_stakeholder", on=stakeholder, key=key) as record:
        if not said.strip():
            raise Unsuitable({"said": NO_WORD})
        refuse_personal({"said": said})
        word = StakeholderWord.objects.create(
            stakeholder=stakeholder,
            about=about,
            said=said.strip(),
            heard_on=record.business_date,
        )
        record["stakeholder"] = str(stakeholder.pk)
        record.private("text", word.said)
    return word


def stakeholder_to_be(project: Project, affected: Affected) -> Stakeholder:
    """Somebody who isn't on the register yet."""
    named = affected.organisation.name if affected.organisation else affected.name.strip()
    return Stakeholder(
        project=project,
        organisation=affected.organisation,
        name=named,
        effect=affected.effect.strip(),
    )


def _refuse_unfit(row: Stakeholder) -> None:
    faults: dict[str, Said] = {}
    if not row.name:
        faults["name"] = NO_NAME
    if not row.effect:
        faults["effect"] = NO_EFFECT
    faults = personal_faults({"name": row.name, "effect": row.effect}) | faults
    known = Stakeholder.objects.filter(project=row.project, name=row.name)
    if row.name and known.exists():
        faults["name"] = KNOWN
    if faults:
        raise Unsuitable(faults)
