"""Citizens for themselves: an account by a code, a name in front, an identity behind (5.13)."""

import secrets
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.core.participating.public_names import fault_of_public_name, plain_public_name
from gongzhi.core.terms import Said
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.deeds import act
from gongzhi.parties.entry_codes import ProvenContact
from gongzhi.parties.identity import human_of
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.openid.flow import Subject
from gongzhi.parties.outside_logins import keep_login, subject_digest
from gongzhi.parties.people import NAMELESS
from gongzhi.parties.resting_contacts import rests_until
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.public_names import public_name_rules

TAKEN = Said("这个名称已有人用，请换一个")
KNOWN_BY_ANOTHER = Said("这个身份已经有一个账号了，请用那个账号登录")


def register_citizen(
    *,
    by: Member,
    proven: ProvenContact | None = None,
    outside: Subject | None = None,
    key: str | None = None,
) -> Person:
    """Open an account for whoever showed that a contact, or a provider's subject, is theirs.

    Raises Unsuitable where it opens another account already, or rests after one was erased. Where
    the provider verifies who its subjects are, the identity is confirmed with it.
    """
    with act(by, "register_citizen", on=INSTALLATION, key=key) as record:
        shown = [proven.digest] if proven else []
        shown += [subject_digest(outside.issuer, outside.identifier)] if outside else []
        if resting := rests_until(shown, today=record.business_date):
            raise Unsuitable({"code": _rests(resting.isoformat())})
        person = Person(username=f"citizen-{secrets.token_hex(6)}", name=NAMELESS)
        person.set_unusable_password()
        person.save(force_insert=True)
        try:
            with transaction.atomic():
                if proven is not None:
                    _keep_contact(person, proven)
                if outside is not None:
                    keep_login(person, issuer=outside.issuer, subject=outside.identifier)
        except IntegrityError as error:  # the same one, a moment ago, in another window
            raise Unsuitable({"code": KNOWN_BY_ANOTHER}) from error
        record.private("person", str(person.pk), about=person_subject(person.pk))
        if outside is not None and outside.verified:
            by_themselves = partial(confirm_identity, by=member_of(person), person=person)
            record.then(partial(by_themselves, subject=outside))
    return person


def choose_public_name(*, by: Member, person: Person, name: str, key: str | None = None) -> Person:
    """Choose the name that is shown when one speaks in public; raises Unsuitable."""
    with act(by, "choose_public_name", on=person, key=key) as record:
        chosen = plain_public_name(name)
        rules = public_name_rules(on=record.business_date)
        fault = fault_of_public_name(
            chosen,
            length=(rules.characters_min, rules.characters_max),
            reserved=rules.reserved,
            organisations=Organisation.objects.values_list("name", flat=True),
        )
        others = Person.objects.annotate(low=Lower("public_name")).exclude(pk=person.pk)
        if fault is None and others.filter(low=chosen.lower()).exists():
            fault = TAKEN
        if fault is not None:
            raise Unsuitable({"name": fault})
        person.public_name = chosen
        try:
            with transaction.atomic():
                person.save(update_fields=["public_name"])
        except IntegrityError as error:  # somebody else took it a moment ago
            raise Unsuitable({"name": TAKEN}) from error
        record.private("public_name", chosen, about=person_subject(person.pk))
    return person


def confirm_identity(
    *, by: Member, person: Person, subject: Subject, key: str | None = None
) -> Person:
    """Take a provider's word for who somebody is; the human is known again by its subject.

    Who is known already stays who they are. A human met for the first time is called like the
    account, so that what it said before goes on counting as theirs.
    """
    with act(by, "confirm_identity", on=person, key=key) as record:
        if person.human_id is None:
            number = f"{subject.issuer} {subject.identifier}"
            human = human_of(number, first_met_as=person)
            if human.accounts.filter(is_active=False).exists():
                raise Unsuitable({"identity": KNOWN_BY_ANOTHER})
            person.human = human
            person.save(update_fields=["human"])
        record["provider"] = subject.issuer
        record.private("person", str(person.pk), about=person_subject(person.pk))
    return person


def _keep_contact(person: Person, proven: ProvenContact) -> None:
    contact = add_contact(person, channel=proven.channel, address=proven.address)
    assert contact is not None, "somebody new has room"
    contact.note_verified()
    contact.opens_account = True
    contact.save()


def _rests(day: str) -> Said:
    return Said(
        "用这个联系方式开立的账号不久前删除了；为保证一人一次，{day} 以后才能重新开立", {"day": day}
    )
