"""A deed: allowed by a clause, whole or not at all, with its leaf; refused, it is written down."""

import threading
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

import city_hall
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR
from gongzhi.core.sealed import keeps, read_canonical
from gongzhi.cycle import actions as cycle
from gongzhi.parties.actions import offices
from gongzhi.parties.actions import setting_up as actions
from gongzhi.parties.deeds import AlreadyDone, Refused, act, may
from gongzhi.parties.models import (
    Deed,
    IdempotencyKey,
    Organisation,
    RefusedDeed,
    Region,
    SealedValue,
)
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.subject_keys import keys_of
from gongzhi.trust.models import PendingLeaf


class Broken(Exception):
    """Something goes wrong in the middle of a deed."""


def register_and_break() -> None:
    with act(SYSTEM, "register_region", on=INSTALLATION) as record:
        Region.objects.create(code="1", name="某市")
        record["code"] = "1"
        raise Broken


@transaction.atomic  # as in a request that is one transaction
def register_and_be_refused() -> None:
    with act(SYSTEM, "register_region", on=INSTALLATION):
        Region.objects.create(code="1", name="某市")
        with act(VISITOR, "register_person", on=INSTALLATION):
            pytest.fail("a refused deed never begins")


def entry_of(deed: Deed) -> dict:
    return read_canonical(bytes(PendingLeaf.objects.get(pk=deed.leaf).entry))


@pytest.mark.django_db
def test_a_deed_leaves_its_leaf_with_verb_party_clause_and_charter():
    city_hall.region()
    deed = Deed.objects.get()

    entry = entry_of(deed)

    assert (entry["verb"], entry["party"], entry["clause"]) == (
        "register_region",
        "system",
        ["12.1"],
    )
    assert entry["on"] == "installation:here"
    assert entry["charter"] == charter_in_force().version
    assert entry["public"]["code"] == "990100"
    assert entry["public"]["deed"] == str(deed.pk)
    assert entry["business_date"] == timezone.localdate().isoformat()


@pytest.mark.django_db
def test_a_private_value_is_promised_in_the_log_and_kept_beside_it():
    person = actions.register_person(by=SYSTEM, username="li", name="李某")
    deed = Deed.objects.get()
    sealed = SealedValue.objects.get(deed=deed)

    promised = entry_of(deed)["c"]["person"]

    salt, value = sealed.opened(keys_of([sealed.subject]))
    assert value == str(person.pk)
    assert keeps(promised, value=value, salt=salt)
    assert str(person.pk) not in str(entry_of(deed))
    assert "李某" not in str(entry_of(deed))


@pytest.mark.django_db
def test_a_deed_that_breaks_leaves_nothing():
    with pytest.raises(Broken):
        register_and_break()

    assert not Region.objects.exists()
    assert not Deed.objects.exists()
    assert not PendingLeaf.objects.exists()


@pytest.mark.django_db
def test_a_deed_within_a_deed_writes_its_own_leaf_and_says_because():
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.draft(unit)
    city_hall.draft(unit)

    withdrawn = Deed.objects.get(verb="withdraw_draft")
    drafted = Deed.objects.filter(verb="draft_form").last()

    assert withdrawn.because == drafted.pk
    assert entry_of(withdrawn)["because"] == str(drafted.pk)
    assert entry_of(drafted)["because"] is None


@pytest.mark.django_db
def test_a_deed_within_a_deed_that_breaks_leaves_only_the_outer_one():
    with act(SYSTEM, "register_region", on=INSTALLATION):
        with pytest.raises(Broken), act(SYSTEM, "register_person", on=INSTALLATION):
            raise Broken
        Region.objects.create(code="1", name="某市")

    assert [deed.verb for deed in Deed.objects.all()] == ["register_region"]
    assert PendingLeaf.objects.count() == 1


@pytest.mark.django_db
def test_a_refusal_names_its_clause_the_verb_and_whom_to_ask():
    unit = city_hall.unit("1", within=city_hall.region())
    version = city_hall.draft(unit)

    with pytest.raises(Refused) as refused:
        cycle.publish_form(by=unit.officer, version=version, review="可以公开")

    assert refused.value.verb == "publish_form"
    assert refused.value.clauses == ("3.3",)
    assert refused.value.whom_to_ask.values["party"] == unit.organisation.name
    assert refused.value.whom_to_ask.values["role"].text == "公开审查岗"


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_written_down_though_its_deed_is_undone():
    with pytest.raises(Refused), act(VISITOR, "register_region", on=INSTALLATION):
        pytest.fail("a refused deed never begins")

    refused = RefusedDeed.objects.latest("pk")
    assert (refused.verb, refused.party, refused.clauses) == (
        "register_region",
        "visitor",
        ["3.7", "12.1"],
    )
    assert not Deed.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_inside_another_deed_is_written_down_though_all_is_undone():
    with pytest.raises(Refused):
        register_and_be_refused()

    assert not Region.objects.exists()
    assert RefusedDeed.objects.latest("pk").verb == "register_person"


@pytest.mark.django_db(transaction=True)
def test_r05_the_same_form_sent_twice_is_one_deed():
    def register(code: str) -> Region:
        with act(SYSTEM, "register_region", on=INSTALLATION, key="one") as record:
            record["code"] = code
            return Region.objects.create(code=code, name="某市")

    register("1")
    with pytest.raises(AlreadyDone) as again:
        register("2")

    assert again.value.deed.public["code"] == "1"
    assert Region.objects.count() == Deed.objects.count() == PendingLeaf.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_r05_the_same_form_sent_twice_at_once_is_one_deed():
    outcomes: list[str] = []
    together = threading.Barrier(4)

    def register(number: int) -> None:
        together.wait()
        try:
            with act(SYSTEM, "register_region", on=INSTALLATION, key="one"):
                Region.objects.create(code=str(number), name="某市")
            outcomes.append("done")
        except AlreadyDone:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already", "already", "already", "done"]
    assert Region.objects.count() == Deed.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_whoever_used_it_and_to_the_verb():
    for by, verb in ((SYSTEM, "register_region"), (SYSTEM, "register_person")):
        with act(by, verb, on=INSTALLATION, key="one"):
            pass
    with act(VISITOR, "share_result", on=INSTALLATION, key="one"):
        pass

    assert IdempotencyKey.objects.count() == 3


@pytest.mark.django_db
def test_a_deed_that_broke_gives_its_key_back():
    with pytest.raises(Broken), act(SYSTEM, "register_region", on=INSTALLATION, key="one"):
        raise Broken
    with act(SYSTEM, "register_region", on=INSTALLATION, key="one"):
        pass

    assert Deed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_act_at_once_on_one_thing_act_one_after_the_other():
    unit = city_hall.unit("1", within=city_hall.region())
    version = city_hall.draft(unit)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def do(action, **arguments) -> None:
        mine = type(version).objects.get(pk=version.pk)
        together.wait()
        try:
            action(version=mine, **arguments)
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.clauses[0])
        finally:
            connection.close()

    threads = [
        threading.Thread(
            target=do,
            args=[cycle.publish_form],
            kwargs={"by": unit.reviewer, "review": "可以公开"},
        ),
        threading.Thread(target=do, args=[cycle.withdraw_draft], kwargs={"by": unit.officer}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["4.4", "done"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_deed SET verb = 'other'",
        "DELETE FROM parties_deed",
        "UPDATE parties_sealedvalue SET field = '1'",
    ],
)
def test_the_register_is_only_added_to(statement: str):
    actions.register_person(by=SYSTEM, username="li", name="李某")

    with pytest.raises(DatabaseError, match="only added"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_sealed_value_can_be_erased():
    actions.register_person(by=SYSTEM, username="li", name="李某")

    SealedValue.objects.all().delete()

    assert Deed.objects.exists()


@pytest.mark.django_db
def test_asking_writes_nothing():
    refused_before = RefusedDeed.objects.count()

    assert may(SYSTEM, "register_region", INSTALLATION).clauses == ("12.1",)
    assert not may(VISITOR, "register_region", INSTALLATION)
    assert not Deed.objects.exists()
    assert RefusedDeed.objects.count() == refused_before


@pytest.mark.django_db
def test_nobody_gives_themselves_an_office():
    unit = city_hall.unit("1", within=city_hall.region())

    with pytest.raises(Refused) as refused:
        offices.assign_office(
            by=unit.officer,
            person=unit.officer_office.person,
            organisation=unit.organisation,
            title="公开审查岗",
            roles=["reviewer"],
            since_on=date(2020, 1, 1),
        )

    assert refused.value.clauses == ("3.2",)


@pytest.mark.django_db
def test_the_database_knows_the_kinds_of_party():
    unit = city_hall.unit("1", within=city_hall.region())

    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=unit.organisation.pk).update(kind="martian")


@pytest.mark.django_db
def test_identifiers_in_the_log_are_no_names():
    unit = city_hall.unit("1", within=city_hall.region())
    people = {str(unit.officer_office.person_id), str(unit.reviewer_office.person_id)}
    city_hall.published(unit)

    entries = [str(entry_of(deed)) for deed in Deed.objects.all()]

    assert not any(person in entry for person in people for entry in entries)
    assert all(UUID(entry_of(deed)["public"]["deed"]) for deed in Deed.objects.all())
