"""Accounts: inviting somebody, accepting, and stopping an account that is at risk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.terms import Said
from gongzhi.parties.actions.offices import assign_office
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.deeds import act, refuse
from gongzhi.parties.identity import human_of, plain_identity
from gongzhi.parties.invitations import Invitation, Invitee, digest_of
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Organisation
from gongzhi.parties.offices import Office
from gongzhi.parties.passwords import faults_of_password
from gongzhi.parties.people import NAME_MAX, Human, Person
from gongzhi.parties.rights import may, refusal
from gongzhi.parties.sending import send
from gongzhi.parties.sessions import end_sessions
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


class InvitationOver(Exception):
    """The link is no longer good: used, withdrawn, too old, or who gave it has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The office that somebody takes with the invitation."""

    title: str
    roles: tuple[str, ...]
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where the invitation leads: a site, and a token that is kept nowhere."""

    site: str
    token: str

    def __str__(self) -> str:
        return self.site + reverse("accept_invitation", args=[self.token])

    def __repr__(self) -> str:
        return "Link()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account as whoever was invited wants it; the identity number is only compared."""

    username: str
    name: str
    password: str
    identity: str

    def __repr__(self) -> str:
        return "Account()"


def invite_person(
    *,
    by: Member,
    organisation: Organisation | None,
    invitee: Invitee | None,
    link: Link,
    offer: Offer | None = None,
    key: str | None = None,
) -> Invitation:
    """Send somebody a link to open an account, and perhaps take an office with it.

    Whether the address is known already is never looked at, so nobody can learn it here. Without
    an invitee nothing is sent: the link is handed over by whoever sets the installation up.
    """
    invitation = Invitation(
        organisation=organisation,
        digest=digest_of(link.token),
        title=offer.title if offer else "",
        roles=sorted(offer.roles) if offer else [],
        until_on=offer.until_on if offer else None,
        given_by_id=by.office,
    )
    if invitee is not None:
        invitation.put_in(invitee)
    with act(by, "invite_person", on=invitation.thing(), key=key) as record:
        days = timedelta(days=office_rules(on=record.business_date).invitation_days)
        invitation.given_on = record.business_date
        invitation.expires_on = record.business_date + days
        if offer is not None:
            _refuse_unless_theirs_to_give(by, invitation)
        invitation.save(force_insert=True)
        if invitee is not None:
            _send_link(invitation, invitee, link)
        record["organisation"] = str(organisation.pk) if organisation else None
        record["roles"] = tuple(invitation.roles)
        record.private("invitation", str(invitation.pk))
    return invitation


def accept_invitation(
    *, by: Member, token: str, account: Account, key: str | None = None
) -> Person:
    """Open the account that one was invited to, with a password of one's own."""
    with transaction.atomic():
        found = Invitation.objects.filter(digest=digest_of(token)).first()
        if found is None:
            raise InvitationOver
        with act(by, "accept_invitation", on=found, key=key) as record:
            invitation = Invitation.objects.by_token(token, on=record.business_date)
            if invitation is None:
                raise InvitationOver
            person = _opened(invitation, account)
            _settle(invitation, stage=Invitation.Stage.ACCEPTED, person=person)
            if invitation.title:
                _take_office(invitation, person, since_on=record.business_date)
            record.private("person", str(person.pk), about=person_subject(person.pk))
    return person


def withdraw_invitation(
    *, by: Member, invitation: Invitation, key: str | None = None
) -> Invitation:
    """Make the link of an invitation worthless."""
    with act(by, "withdraw_invitation", on=invitation, key=key):
        _settle(invitation, stage=Invitation.Stage.WITHDRAWN)
    return invitation


def suspend_person(*, by: Member, person: Person, reason: str, key: str | None = None) -> Person:
    """Stop an account that is at risk; its sessions are dead with their next request."""
    with act(by, "suspend_person", on=person, key=key) as record:
        person.is_active = False
        person.save(update_fields=["is_active"])
        end_sessions(person)
        record.private("reason", reason, about=person_subject(person.pk))
    return person


def restore_person(*, by: Member, person: Person, reason: str, key: str | None = None) -> Person:
    """Let a stopped account sign in again, once the risk is gone."""
    with act(by, "restore_person", on=person, key=key) as record:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record.private("reason", reason, about=person_subject(person.pk))
    return person


def _refuse_unless_theirs_to_give(by: Member, invitation: Invitation) -> None:
    """An office goes with an invitation only from whoever may assign it."""
    office = Office(
        organisation=invitation.organisation,
        title=invitation.title,
        roles=invitation.roles,
        since_on=invitation.given_on,
    )
    thing = office.thing()
    answer = may(by, "assign_office", thing)
    if not answer.allowed:
        refuse(by, thing, refusal("assign_office", answer, thing=thing))


def _send_link(invitation: Invitation, invitee: Invitee, link: Link) -> None:
    organisation = invitation.organisation
    said = _("%(organisation)s 邀请您开立账号。") if organisation else _("邀请您开立账号。")
    text = _(
        "请在 %(day)s 之前由您本人打开这个链接，设置用户名和密码：%(link)s 不是您的，请不要理会。"
    )
    send(
        channel=invitee.channel,
        address=invitee.address,
        subject=_("邀请您加入“共治”"),
        text=said % {"organisation": organisation}
        + text % {"day": invitation.expires_on.isoformat(), "link": link},
    )


def faults_of_account(account: Account) -> Mapping[str, Said]:
    """What is wrong with the account that somebody wants, by field, but for the password."""
    faults = {}
    if not USERNAME.fullmatch(account.username):
        faults["username"] = Said("用户名用 2 到 60 个小写字母、数字和 . _ -，以字母开头")
    elif Person.objects.filter(username=account.username).exists():
        faults["username"] = Said("这个用户名已有人用，请换一个")
    if not account.name.strip() or len(account.name) > NAME_MAX:
        faults["name"] = Said("请写您的姓名，最多 {most} 个字", {"most": NAME_MAX})
    if not plain_identity(account.identity):
        faults["identity"] = Said("身份证件号码是 18 位，请核对最后一位校验码")
    return faults


def _opened(invitation: Invitation, account: Account) -> Person:
    """The new account; an address that the link reached needs no other proof."""
    faults = dict(faults_of_account(account))
    person = Person(
        username=account.username, name=account.name.strip(), organisation=invitation.organisation
    )
    weak = faults_of_password(account.password, person=person)
    if weak:
        faults["password"] = Said("{text}", {"text": " ".join(weak)})
    if faults:
        raise Unsuitable(faults)
    person.human = _human(account)
    person.set_password(account.password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:  # somebody else took the name a moment ago
        raise Unsuitable({"username": Said("这个用户名已有人用，请换一个")}) from error
    invitee = invitation.taken_out()
    if invitee is not None:
        contact = add_contact(person, channel=invitee.channel, address=invitee.address)
        assert contact is not None, "somebody new has room"
        contact.note_verified()
        contact.save(update_fields=["verified_at", "digest"])
    return person


def _human(account: Account) -> Human:
    """Who stands behind the account; somebody suspended opens no other one."""
    human = human_of(plain_identity(account.identity))
    if human.accounts.filter(is_active=False).exists():
        raise Unsuitable({"identity": Said("不能用这个证件号码开立账号，请联系安全管理员")})
    return human


def _take_office(invitation: Invitation, person: Person, *, since_on: date) -> None:
    """The office that was offered, given by whoever offered it: they may still not do it."""
    giver = invitation.given_by
    assert invitation.organisation is not None, "a constraint sees to it"
    assign_office(
        by=member_in(giver, second_factor=True, fresh=True) if giver else SYSTEM,
        person=person,
        organisation=invitation.organisation,
        title=invitation.title,
        roles=invitation.roles,
        since_on=since_on,
        until_on=invitation.until_on,
    )


def _settle(invitation: Invitation, *, stage: str, person: Person | None = None) -> None:
    """No more to do; whom it was for is erased."""
    invitation.stage, invitation.person = stage, person
    invitation.locked_invitee = None
    invitation.save(update_fields=["stage", "person", "locked_invitee"])
