"""What a reading rests on: a file, a photo, a survey that says whom it asked, a figure."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

import city_hall
from apps.cycle import monitored
from apps.desk.desks import file
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import evidence
from gongzhi.cycle.actions.evidence import Shown, add_evidence
from gongzhi.cycle.models import Evidence
from gongzhi.desk.models import Attachment
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 31)
SURVEY = Shown(
    kind="survey", shows="居民满意度", made_on=DAY, asked=300, answered=240, method="电话回访"
)
FIGURE = Shown(kind="figure", shows="空气质量优良天数", made_on=DAY, source="市生态环境局月报")
FILE = Shown(kind="file", shows="验收单", made_on=DAY)


@pytest.fixture
def unit():
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.promise(unit)
    monitored.disclose(unit)
    return unit


@pytest.fixture
def reading(unit):
    return monitored.read(unit, "km", DAY, 40)


def faults_of(unit, reading, shown, **more):
    with pytest.raises(Unsuitable) as unsuitable:
        add_evidence(by=unit.officer, reading=reading, shown=shown, **more)
    return unsuitable.value.faults


def test_evidence_is_sealed_with_what_it_says_and_stays(unit, reading):
    kept = add_evidence(by=unit.officer, reading=reading, shown=SURVEY)

    deed = Deed.objects.get(verb="add_evidence")
    said = {"reading": str(reading.pk), "evidence": str(kept.pk), "kind": "survey"}
    assert deed.public.items() >= said.items()
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).update(answered=299)


def test_a_file_is_an_attachment_of_the_reading_and_read_by_its_class(unit, reading):
    for label in ("public", "internal"):
        add_evidence(by=unit.officer, reading=reading, shown=FILE, file=file("甲"), label=label)

    assert set(Attachment.objects.values_list("about", flat=True)) == {f"reading:{reading.pk}"}
    assert Evidence.objects.visible_to(VISITOR).count() == 2, "that it exists is no secret"
    assert Attachment.objects.visible_to(VISITOR).count() == 1
    attached, shown = Deed.objects.filter(verb__in=["attach_file", "add_evidence"])[:2]
    assert {attached.verb, shown.verb} == {"attach_file", "add_evidence"}


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        (replace(SURVEY, method=" "), {"method": evidence.NO_METHOD}),
        (replace(SURVEY, answered=301), {"answered": evidence.NOBODY_ANSWERED}),
        (replace(SURVEY, answered=None), {"answered": evidence.NOBODY_ANSWERED}),
        (replace(FIGURE, source=""), {"source": evidence.NO_SOURCE}),
        (FILE, {"file": evidence.NO_FILE}),
        (replace(FIGURE, shows=""), {"shows": evidence.SAYS_NOTHING}),
        (replace(FIGURE, made_on=date(2099, 1, 1)), {"made_on": evidence.NOT_YET}),
        (replace(FIGURE, kind="rumour"), {"kind": evidence.UNKNOWN}),
    ],
)
def test_evidence_says_enough_to_be_looked_at(unit, reading, shown, fault):
    assert faults_of(unit, reading, shown) == fault
    assert not Evidence.objects.exists()


def test_a_photo_is_a_picture(unit, reading):
    photo = replace(FILE, kind="photo")
    assert faults_of(unit, reading, photo, file=file("甲")) == {"file": evidence.NO_PHOTO}


def test_the_database_takes_no_survey_that_asked_nobody(reading):
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.create(
            reading=reading, kind="survey", shows="好", made_on=DAY, added_on=DAY, method="网上"
        )


def test_nobody_adds_evidence_to_the_reading_of_another(unit, reading):
    other = city_hall.unit("2", within=unit.organisation.region, kind="social")
    with pytest.raises(Refused):
        add_evidence(by=other.officer, reading=reading, shown=FIGURE)
