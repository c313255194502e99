"""A person's data are erased for good, and the log still verifies (QUALITY S68)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

import city_hall
from gongzhi.core.charter import INSTALLATION, SYSTEM, Member, PartyKind
from gongzhi.core.ledger.batch import Row
from gongzhi.core.sealed import read_canonical
from gongzhi.parties.actions import erasing as actions
from gongzhi.parties.actions import offices
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.auditing import BACK, audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.deeds import Refused, act
from gongzhi.parties.erasing import apply_again, sealed_about
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.members import member_in
from gongzhi.parties.models import (
    Contact,
    Deed,
    OutgoingMessage,
    Person,
    SealedRow,
    SealedValue,
    SubjectKey,
)
from gongzhi.parties.row_proofs import row_proof
from gongzhi.parties.sending import send
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.parties.waiting import waiting_for
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.proofs import entry_at, index_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db
WORDS = "请忘记赵小明这个人"


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def security(hall) -> Member:
    office = city_hall.office(hall.organisation, "security", "security_admin")
    return member_in(office, second_factor=True, fresh=True)


@pytest.fixture
def citizen() -> Person:
    who = register_person(by=SYSTEM, username="zhaoxiaoming", name="赵小明")
    add_contact(who, channel="email", address="zhao@example.org")
    return who


def as_citizen(who: Person) -> Member:
    return Member(kind=PartyKind.CITIZEN, person=str(who.pk), human=who.who)


def asked(who: Person) -> Erasure:
    return actions.ask_erasure(by=as_citizen(who), person=who, reason=WORDS)


def whole_database() -> bytes:
    """Every value of every row of ours, as the driver gives it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            found += [
                bytes(v) if isinstance(v, memoryview) else str(v).encode()
                for row in cursor.fetchall()
                for v in row
            ]
    return b"\n".join(found)


def test_s68_after_erasing_nothing_of_the_person_is_found_anywhere(citizen, security):
    request = asked(citizen)
    assert "赵小明".encode() in whole_database()

    actions.erase_values(by=security, request=request)

    everything = whole_database()
    for trace in ("赵小明", WORDS, "zhao@example.org", "zhaoxiaoming"):
        assert trace.encode() not in everything
    assert not Contact.objects.filter(person=citizen).exists()
    assert not SubjectKey.objects.filter(subject=person_subject(citizen.pk)).exists()


def test_s68_the_log_still_verifies_and_says_which_promises_went(citizen, security):
    request = asked(citizen)
    sequence()
    numbers = [index_of(row.deed.leaf) for row in sealed_about(citizen.pk)]

    actions.erase_values(by=security, request=request)
    sequence()

    assert list(audit_all()) == []
    told = read_canonical(entry_at(Deed.objects.count() - 1))
    assert told["verb"] == "erase_values"
    assert told["public"]["entries"] == numbers
    assert told["c"] == {}
    assert WORDS not in str(told)
    assert str(citizen.pk) not in str(told)
    assert numbers


def test_s68_what_was_promised_a_moment_ago_is_named_by_its_deed(citizen, security):
    """Before the sequencer came by it has no number."""
    sequence()
    request = asked(citizen)
    numbered = [index_of(row.deed.leaf) for row in sealed_about(citizen.pk)]
    (waiting,) = [row.deed for row in sealed_about(citizen.pk) if index_of(row.deed.leaf) is None]

    actions.erase_values(by=security, request=request)
    sequence()

    told = read_canonical(entry_at(Deed.objects.count() - 1))
    assert told["public"]["entries"] == [number for number in numbered if number is not None]
    assert told["public"]["deeds"] == [str(waiting.pk)]
    assert list(audit_all()) == []
    brought_back(waiting, "reason", citizen)
    assert [said.text for said in audit_all()] == [BACK]


def test_s68_what_the_same_entries_promise_about_others_stays_and_is_no_fault(citizen, security):
    other = register_person(by=SYSTEM, username="qian", name="钱某")
    entered_rows(citizen, others=other)
    actions.erase_values(by=security, request=asked(citizen))
    sequence()

    assert SealedRow.objects.filter(subject=person_subject(other.pk)).count() == 2
    assert list(audit_all()) == []


def brought_back(deed: Deed, field: str, person: Person) -> None:
    """A value that was erased, as a backup has it; without its key nothing is held against it."""
    SealedValue.objects.create(
        deed=deed, field=field, subject=person_subject(person.pk), locked=b""
    )


def test_s68_letters_to_the_person_go_unsent_and_those_to_others_stay(citizen, security):
    for address in ("zhao@example.org", "qian@example.org", "zhao@example.org"):
        send(channel="email", address=address, subject="提醒", text="请查看")
    given_up = OutgoingMessage.objects.last()
    OutgoingMessage.objects.filter(pk=given_up.pk).update(
        state="failed", settled_at=given_up.created_at
    )

    actions.erase_values(by=security, request=asked(citizen))

    letters = [message.taken_out() for message in OutgoingMessage.objects.all()]
    assert [letter.address for letter in letters if letter] == ["qian@example.org"]
    assert sorted(OutgoingMessage.objects.values_list("state", flat=True)) == [
        "failed",
        "failed",
        "waiting",
    ]


def entered_rows(citizen: Person, *, others: Person | None = None) -> UUID:
    """A batch of four payments, two of them to the citizen."""
    subject, another = (person_subject(who.pk) if who else "" for who in (citizen, others))
    with act(SYSTEM, "register_region", on=INSTALLATION) as record:
        record.batch(
            "payment",
            [
                Row(
                    {"n": n},
                    {"payee": f"赵小明{n}"},
                    bytes([n]) * 32,
                    subject if n % 2 else another,
                )
                for n in range(4)
            ],
        )
    sequence()
    return record.deed_id


def test_s68_values_in_rows_of_a_batch_go_too_and_the_batch_still_verifies(citizen, security):
    deed = entered_rows(citizen)
    index = index_of(Deed.objects.get(pk=deed).leaf)
    before = row_proof(index, 1, show=["payee"])
    assert [shown.value for shown in before.shown] == ["赵小明1"]

    actions.erase_values(by=security, request=asked(citizen))
    sequence()

    told = read_canonical(entry_at(Deed.objects.count() - 1))
    assert index in told["public"]["entries"]
    assert [row.row for row in SealedRow.objects.filter(deed=deed)] == [0, 2]
    assert list(audit_all()) == []
    after = row_proof(index, 1, show=["payee"])
    assert (after.record, after.path) == (before.record, before.path)
    assert after.shown == ()
    assert row_proof(index, 2, show=["payee"]).shown


def test_s68_rows_that_a_backup_brings_back_are_named_by_the_audit(citizen, security):
    deed = entered_rows(citizen)
    back = list(SealedRow.objects.filter(subject=person_subject(citizen.pk)))
    actions.erase_values(by=security, request=asked(citizen))
    sequence()
    SealedRow.objects.bulk_create(back)

    said = [each.text for each in audit_all()]

    assert said == [BACK]
    assert SealedRow.objects.filter(deed=deed).count() == 4


def test_s68_without_its_key_a_row_is_gone_and_the_audit_finds_no_fault(citizen):
    entered_rows(citizen)
    SubjectKey.objects.filter(subject=person_subject(citizen.pk)).delete()
    assert list(audit_all()) == []


def test_s68_a_restored_backup_has_its_erasures_applied_again(citizen, security):
    """What a backup brings back is erased by what the log tells, and only that."""
    request = asked(citizen)
    actions.erase_values(by=security, request=request)
    sequence()
    entries = [entry_at(index) for index in range(Deed.objects.count())]
    Person.objects.filter(pk=citizen.pk).update(
        username="zhaoxiaoming", name="赵小明", is_active=True
    )
    back = Person.objects.get(pk=citizen.pk)
    Erasure.objects.update(stage="waiting", decided_on=None, reason=WORDS)
    add_contact(back, channel="email", address="zhao@example.org")
    other = register_person(by=SYSTEM, username="qian", name="钱某")

    assert apply_again(entries, today=business_date()) == 1

    assert Person.objects.get(pk=citizen.pk).name != "赵小明"
    assert not Contact.objects.filter(person=back).exists()
    assert not Erasure.objects.waiting().exists()
    assert WORDS.encode() not in whole_database()
    assert Person.objects.get(pk=other.pk).name == "钱某"
    assert apply_again(entries, today=business_date()) == 0


def test_s68_the_audit_names_an_erasure_whose_values_are_back(citizen, security):
    request = asked(citizen)
    sequence()
    actions.erase_values(by=security, request=request)
    sequence()
    brought_back(Deed.objects.filter(verb="ask_erasure").get(), "reason", citizen)

    assert [said.text for said in audit_all()] == [BACK]


def test_nobody_erases_on_their_own_request(hall, security):
    who = Person.objects.get(pk=security.person)
    request = actions.ask_erasure(by=security, person=who, reason="离开")

    with pytest.raises(Refused) as refused:
        actions.erase_values(by=security, request=request)
    assert "3.3" in refused.value.clauses


def test_nobody_asks_for_somebody_else(citizen, hall):
    with pytest.raises(Refused):
        actions.ask_erasure(by=hall.officer, person=citizen, reason="我说的")


def test_whoever_holds_an_office_keeps_their_name_until_it_has_ended(hall, security):
    who = hall.officer_office.person
    request = actions.ask_erasure(by=hall.officer, person=who, reason="离开")

    with pytest.raises(Unsuitable):
        actions.erase_values(by=security, request=request)
    assert Person.objects.get(pk=who.pk).name == who.name

    offices.end_office(by=security, office=hall.officer_office, reason="调离")
    actions.erase_values(by=security, request=request)
    assert Person.objects.get(pk=who.pk).name != who.name
    assert Deed.objects.filter(person=who.pk).exists()


def test_one_request_waits_at_a_time_and_a_declined_one_says_why(citizen, security):
    request = asked(citizen)
    with pytest.raises(Unsuitable):
        asked(citizen)

    actions.decline_erasure(by=security, request=request, reason="依法保存三年")

    assert Erasure.objects.get().answer == "依法保存三年"
    assert Person.objects.get(pk=citizen.pk).name == "赵小明"
    asked(citizen)


def test_a_request_waits_for_the_security_administrator_with_the_clause_s_clock(citizen, security):
    asked(citizen)

    (waiting,) = [
        w for w in waiting_for(security, today=business_date()) if w.verb == "erase_values"
    ]

    assert waiting.clause == "8.4"
    calendar = load_calendar()
    days = [business_date() + timedelta(days=n) for n in range(1, 40)]
    working = [day for day in days if calendar.works_on(day)]
    assert waiting.due_on == working[14]
