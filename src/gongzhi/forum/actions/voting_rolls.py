"""Changes of a roll: one of the house proposes, another confirms; nobody changes it alone (S56)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Max, Q

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.actions.survey_invitations import reached_at
from gongzhi.forum.ballot_box import voter_key, voter_of
from gongzhi.forum.models import Ballot, RollChange, RollEntry, Vote
from gongzhi.forum.models.voting_rolls import RollEntryQuerySet
from gongzhi.forum.own import person_of
from gongzhi.parties.contact_digests import contact_digests
from gongzhi.parties.contacts import Contact
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Person
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

LINES_MAX, PAPERS_MAX = 2000, 2000
NOTHING = Said("请写要增加或者去掉的人")
TOO_MANY = Said("一次最多 {most} 行")
UNKNOWN = Said("第 {line} 行不是手机号、邮箱或者已有的用户名")
TWICE = Said("第 {line} 行已经在名册上，或者写了两次")
NOT_ON_ROLL = Said("第 {line} 行不在名册上")
WAITING = Said("上一次更改还没有确认，请先确认")
NO_CHANGE = Said("没有等待确认的更改")
SAME_PERSON = Said("提出更改的人不能自己确认，请由另一个人办理")


def change_roll(
    *,
    by: Member,
    vote: Vote,
    reason: str,
    added: Sequence[str] = (),
    removed: Sequence[str] = (),
    papers: int = 0,
    key: str | None = None,
) -> RollChange:
    """Propose who comes onto the roll or off it; `papers` are voters known by a paper alone.

    Lines are telephone numbers, e-mail addresses or account names; the log tells how many.
    """
    with act(by, "change_roll", on=vote, key=key) as record:
        _refuse_unfit(vote, reason, added=added, removed=removed, papers=papers)
        come = _to_add(vote, added)
        go = _to_remove(vote, removed)
        last = vote.roll_changes.aggregate(last=Max("number"))["last"] or 0
        change = RollChange.objects.create(
            vote=vote,
            number=last + 1,
            added=len(come) + papers,
            removed=len(go),
            reason=reason.strip(),
            proposed_by_id=person_of(by),
            proposed_on=record.business_date,
        )
        voters = [*come, *([""] * papers)]
        RollEntry.objects.bulk_create(
            [RollEntry(vote=vote, change=change, who=who) for who in voters]
        )
        RollEntry.objects.filter(pk__in=go).update(removal=change)
        record["number"] = change.number
        record["added"] = change.added
        record["removed"] = change.removed
        record.private("reason", change.reason)
    return change


def _refuse_unfit(
    vote: Vote, reason: str, *, added: Sequence[str], removed: Sequence[str], papers: int
) -> None:
    faults: dict[str, Said] = {}
    if not reason.strip():
        faults["reason"] = NO_REASON
    if vote.roll_changes.filter(stage=RollChange.Stage.PROPOSED).exists():
        faults[""] = WAITING
    if not (added or removed or papers):
        faults["added"] = NOTHING
    for name, lines in (("added", added), ("removed", removed)):
        if len(lines) > LINES_MAX:
            faults[name] = Said(TOO_MANY.text, {"most": LINES_MAX})
    if not 0 <= papers <= PAPERS_MAX:
        faults["papers"] = Said(TOO_MANY.text, {"most": PAPERS_MAX})
    if faults:
        raise Unsuitable(faults)


def _to_add(vote: Vote, lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    on_roll = set(RollEntry.objects.filter(vote=vote, removal=None).values_list("who", flat=True))
    for line, names in enumerate(names_of_lines(lines), start=1):
        if not names:
            raise Unsuitable({"added": Said(UNKNOWN.text, {"line": line})})
        if on_roll.intersection(names):
            raise Unsuitable({"added": Said(TWICE.text, {"line": line})})
        found.append(names[0])
        on_roll.add(names[0])
    return found


def _to_remove(vote: Vote, lines: Sequence[str]) -> list[UUID]:
    found: list[UUID] = []
    for line, names in enumerate(names_of_lines(lines), start=1):
        entry = entries_of(vote, names).exclude(pk__in=found).first()
        if entry is None or entry.removal_id is not None:
            raise Unsuitable({"removed": Said(NOT_ON_ROLL.text, {"line": line})})
        found.append(entry.pk)
    return found


def names_of(text: str) -> list[str]:
    """Under which names somebody stands on a roll, by what was written of them; none if unknown.

    The first is the one to be entered by: the human being, where the account is known.
    """
    return names_of_lines([text])[0]


def names_of_lines(lines: Sequence[str]) -> list[list[str]]:
    """The same of many lines, in their order: a roll of thousands asks as often as one of two."""
    texts = [line.strip() for line in lines]
    people = {each.username: each for each in Person.objects.active().filter(username__in=texts)}
    reached = {text: at for text in texts if text not in people and (at := reached_at(text))}
    digests = contact_digests([(at.channel, at.address) for at in reached.values()])
    known = Contact.objects.filter(digest__in=digests).verified().select_related("person")
    accounts = {each.digest: each.person for each in known.order_by("-pk")}  # the first counts
    of_text = dict(zip(reached, digests, strict=True))
    return [_names(people.get(text), of_text.get(text, ""), accounts) for text in texts]


def _names(person: Person | None, digest: str, accounts: Mapping[str, Person]) -> list[str]:
    """Those of a person, or of the person whose contact it is, or of the contact alone."""
    known = person or accounts.get(digest)
    if known is not None:
        return names_of_person(known)
    return [_contact(digest)] if digest else []


def names_of_person(person: Person) -> list[str]:
    """Under which names somebody may stand on a roll: the human, and what reaches any account."""
    accounts = Q(pk=person.pk) if person.human_id is None else Q(human=person.human_id)
    same = Person.objects.filter(accounts).values("pk")
    contacts = Contact.objects.filter(person__in=same).verified().exclude(digest="")
    digests = contacts.order_by("digest").values_list("digest", flat=True).distinct()
    return [f"person:{person.who}", *(_contact(digest) for digest in digests)]


def names_of_contact(digest: str) -> list[str]:
    """Under which names a contact may stand on a roll: those of the account that it belongs to."""
    account = Contact.objects.filter(digest=digest).verified().select_related("person").first()
    return names_of_person(account.person) if account else [_contact(digest)]


def entries_of_same(entry: RollEntry) -> RollEntryQuerySet:
    """The standing entries of the voter whose entry this is, itself among them."""
    kind, _, known = entry.who.partition(":")
    names = [entry.who]
    if kind == "contact":
        names += names_of_contact(known)
    elif kind == "person":
        account = Person.objects.filter(Q(pk=known) | Q(human=known)).first()
        names += names_of_person(account) if account else []
    same = Q(pk=entry.pk) | (Q(who__in=names) & ~Q(who=""))
    return RollEntry.objects.standing().filter(same, vote=entry.vote_id).order_by("pk")


def _contact(digest: str) -> str:
    return f"contact:{digest}"


def entries_of(vote: Vote, names: Iterable[str]) -> RollEntryQuerySet:
    """The standing entries under any of these names, the oldest first."""
    rows = RollEntry.objects.standing().filter(vote=vote, who__in=list(names))
    return rows.order_by("pk")


def decide_roll_change(
    *, by: Member, vote: Vote, confirmed: bool, key: str | None = None
) -> RollChange:
    """Confirm the change that another proposed, or turn it down."""
    with act(by, "decide_roll_change", on=vote, key=key) as record:
        change = vote.roll_changes.filter(stage=RollChange.Stage.PROPOSED).first()
        if change is None:
            raise Unsuitable({"": NO_CHANGE})
        if change.proposed_by_id == person_of(by):
            raise Unsuitable({"": SAME_PERSON})
        stages = RollChange.Stage
        change.stage = stages.CONFIRMED if confirmed else stages.REJECTED
        change.decided_by_id = person_of(by)
        change.decided_on = record.business_date
        change.save(update_fields=["stage", "decided_by", "decided_on"])
        _settle(change)
        record["number"] = change.number
        record["added"] = change.added
        record["removed"] = change.removed
        record["passed"] = confirmed
    return change


def _settle(change: RollChange) -> None:
    """What was turned down comes onto no roll and leaves none; who leaves takes no vote along."""
    if change.stage == RollChange.Stage.REJECTED:
        RollEntry.objects.filter(removal=change).update(removal=None)
        RollEntry.objects.filter(change=change).update(removal=change)
        return
    leaving = list(RollEntry.objects.filter(removal=change))
    if leaving:
        key = voter_key(change.vote)
        voters = [voter_of(each, key=key) for each in leaving]
        Ballot.objects.filter(vote=change.vote, voter__in=voters).delete()
