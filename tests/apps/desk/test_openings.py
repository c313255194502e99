"""Who opened what isn't public is told to whom it belongs; what auditors read is kept, not told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import city_hall
from apps.desk.desks import file
from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk import tasks
from gongzhi.desk.actions import attachments, openings
from gongzhi.desk.models import Attachment, Opening
from gongzhi.desk.openings import filled_up, note_money_read, note_opening, sealed_places
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.models import Deed, Organisation, SealedRow
from gongzhi.parties.row_proofs import records_between
from gongzhi.rules.keeping import kept_since, load_keeping
from gongzhi.trust.identifiers import new_id
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = pytest.mark.django_db
ROWS = load_keeping()["openings"].rows_at_least


@pytest.fixture
def unit() -> city_hall.Unit:
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    return unit


def internal(unit: city_hall.Unit) -> Attachment:
    return attachments.attach_file(by=unit.officer, to=unit.project, file=file(), label="internal")


def audit(unit: city_hall.Unit) -> Member:
    return city_hall.unit("9", within=unit.organisation.region, kind="audit").officer


def seen(member: Member) -> int:
    return Opening.objects.visible_to(member).count()


def test_a_reading_by_another_is_told_to_the_owner_and_to_nobody_else(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)

    note_opening(by=other.officer, thing=internal(unit).thing())

    opening = Opening.objects.get()
    assert (opening.by_party, str(opening.by_office)) == (other.officer.party, other.officer.office)
    assert (seen(unit.officer), seen(unit.reviewer)) == (1, 1)
    assert (seen(other.officer), seen(VISITOR), seen(audit(unit))) == (0, 0, 0)


def test_what_is_public_or_one_s_own_or_read_by_nobody_known_is_not_noted(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    attachment = internal(unit)

    note_opening(by=other.officer, thing=unit.project.thing())
    note_opening(by=unit.reviewer, thing=attachment.thing())
    note_opening(by=VISITOR, thing=attachment.thing())

    assert not Opening.objects.exists()


def test_what_auditors_read_is_kept_but_not_told_to_the_audited(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())

    assert Opening.objects.get().stage == "audited"
    assert seen(unit.officer) == 0


def test_s15_what_auditors_read_is_for_themselves_alone(unit: city_hall.Unit):
    auditor = audit(unit)
    colleague = city_hall.office(
        Organisation.objects.get(pk=auditor.organisation), "同事", "officer"
    )
    administrator = city_hall.office(unit.organisation, "日志", "audit_admin")

    note_opening(by=auditor, thing=internal(unit).thing())
    note_money_read(by=auditor, units=[unit.organisation.pk])

    assert seen(auditor) == 2
    for other in (verified(colleague), verified(administrator), unit.officer, unit.reviewer):
        assert seen(other) == 0


def test_who_saw_single_payments_is_told_once_a_day(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    units = [unit.organisation.pk, other.organisation.pk]

    for _ in range(2):
        note_money_read(by=other.officer, units=units)
    note_money_read(by=VISITOR, units=units)

    assert (seen(unit.officer), seen(other.officer)) == (1, 0)


def test_s15_the_log_of_a_day_looks_the_same_whether_auditors_read_or_nobody(
    unit: city_hall.Unit,
):
    shown, auditor, thing = [], audit(unit), internal(unit).thing()
    for reads in (0, 3, ROWS):
        for _ in range(reads):
            note_opening(by=auditor, thing=thing)
        openings.seal_openings(until=timezone.now())
        deed = Deed.objects.filter(verb="seal_openings").last()
        assert deed is not None
        sizes = {len(record) for record in records_between(deed.pk, 0, ROWS).values()}
        shown.append((deed.public.keys(), SealedRow.objects.filter(deed=deed).count(), sizes))

    assert shown[0] == shown[1] == shown[2]


def test_more_readings_than_usual_are_filled_up_too():
    assert [filled_up(count) for count in (0, 1, ROWS, ROWS + 1)] == [ROWS, ROWS, ROWS, 2 * ROWS]


def test_reading_leaves_nothing_in_the_public_log(unit: city_hall.Unit):
    attachment, auditor = internal(unit), audit(unit)
    before = Deed.objects.count()

    note_opening(by=auditor, thing=attachment.thing())

    assert Deed.objects.count() == before


def test_the_log_of_readings_is_kept_for_six_months(unit: city_hall.Unit):
    assert load_keeping()["openings"].months >= 6


def test_an_early_purge_is_refused(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(openings.TooEarly):
        openings.purge_openings(before=tomorrow)

    assert Opening.objects.count() == 1


def test_s15_the_database_itself_refuses_to_delete_early_or_to_rewrite(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(stage="told")


def test_what_is_old_enough_is_deleted_by_the_platform_and_told_to_the_log(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())
    opened_before(days=200)

    tasks.purge_openings(timestamp=0)
    tasks.purge_openings(timestamp=0)

    assert Opening.objects.count() == 1
    deed = Deed.objects.get(verb="purge_openings")
    assert (deed.party, deed.clauses, deed.public["count"]) == ("system", ["12.4"], 1)


def test_the_readings_of_a_day_enter_the_log_as_one_batch_that_tells_their_number(
    unit: city_hall.Unit,
):
    reader = audit(unit)
    for _ in range(3):
        note_opening(by=reader, thing=internal(unit).thing())
    before = Deed.objects.count()

    now = timezone.now()
    assert openings.seal_openings(until=now) == 3
    assert openings.seal_openings(until=now) == 0

    assert Deed.objects.count() == before + 1
    deed = Deed.objects.get(verb="seal_openings")
    assert deed.public.keys() == {"deed", "until"}
    records = records_between(deed.pk, 0, ROWS).values()
    assert len(records) == ROWS
    assert not any(b"attachment:" in record or b"audit" in record for record in records)
    places = sealed_places(Opening.objects.all())
    assert set(places) == set(Opening.objects.values_list("pk", flat=True))
    assert len({row for _, row in places.values()}) == 3


def test_a_reading_is_sealed_when_its_day_is_over(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())
    opened_before(days=1)

    tasks.seal_openings(timestamp=0)
    tasks.seal_openings(timestamp=0)

    assert SealedRow.objects.count() == ROWS
    assert Deed.objects.filter(verb="seal_openings").count() == 1


def test_what_is_deleted_is_erased_from_its_batch_too(unit: city_hall.Unit):
    note_opening(by=audit(unit), thing=internal(unit).thing())
    opened_before(days=200)
    openings.seal_openings(until=timezone.now() - timedelta(days=199))
    openings.seal_openings(until=timezone.now())
    assert SealedRow.objects.count() == 2 * ROWS

    tasks.purge_openings(timestamp=0)

    assert Opening.objects.count() == 1
    assert SealedRow.objects.count() == ROWS
    sequence()
    assert list(audit_all()) == []


def test_months_are_counted_by_the_calendar():
    today = timezone.localdate().replace(year=2026, month=8, day=31)

    assert kept_since("openings", today=today).isoformat() == "2026-02-28"


def opened_before(*, days: int) -> None:
    """The reading there is, once more, so many days earlier."""
    opening = Opening.objects.get()
    opening.pk = new_id()
    opening.opened_at -= timedelta(days=days)
    opening.save(force_insert=True)
