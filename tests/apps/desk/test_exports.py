"""A package of attachments is made with the rights that its requester has when it is made."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

import city_hall
from apps.desk.desks import file
from gongzhi.core.charter import VISITOR
from gongzhi.desk import tasks
from gongzhi.desk.actions import attachments, exports
from gongzhi.desk.models import Attachment, Content, Export, Notice
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, RefusedDeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> city_hall.Unit:
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    for label in ("public", "internal"):
        attach(unit, label=label)
    return unit


def attach(unit: city_hall.Unit, *, label: str) -> Attachment:
    kept = file(f"项目名称,{label}\n", name="同名.csv")
    return attachments.attach_file(by=unit.officer, to=unit.project, file=kept, label=label)


def made(export: Export) -> list[str]:
    tasks.make_export(export=str(export.pk))
    export.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(bytes(export.content.content)))
    return [archive.read(name).decode() for name in archive.namelist()]


def order(unit: city_hall.Unit) -> Export:
    return exports.order_export(by=unit.reviewer, about=unit.project.thing())


def test_a_package_holds_what_its_requester_may_read(unit: city_hall.Unit):
    contents = made(order(unit))

    assert contents == ["项目名称,public\n", "项目名称,internal\n"]
    assert Notice.objects.filter(person=unit.reviewer.person, cause__startswith="export:").exists()


def test_s11_who_lost_the_office_meanwhile_gets_only_what_anybody_reads(unit: city_hall.Unit):
    export = order(unit)
    unit.reviewer_office.ended_on = unit.reviewer_office.since_on
    unit.reviewer_office.save()

    assert made(export) == ["项目名称,public\n"]


def test_s11_who_was_suspended_meanwhile_gets_nothing(unit: city_hall.Unit):
    export = order(unit)
    unit.reviewer_office.person.is_active = False
    unit.reviewer_office.person.save()

    tasks.make_export(export=str(export.pk))

    export.refresh_from_db()
    assert export.stage == "ordered"
    assert RefusedDeed.objects.filter(verb="make_export").count() == 1


def test_ordering_queues_one_job_with_the_deed(unit: city_hall.Unit):
    order(unit)

    assert ProcrastinateJob.objects.filter(task_name=exports.JOB).count() == 1


def test_r06_a_job_that_runs_twice_makes_one_package(unit: city_hall.Unit):
    export = order(unit)

    tasks.make_export(export=str(export.pk))
    tasks.make_export(export=str(export.pk))

    assert Deed.objects.filter(verb="make_export").count() == 1


def test_a_visitor_orders_nothing(unit: city_hall.Unit):
    with pytest.raises(Refused):
        exports.order_export(by=VISITOR, about=unit.project.thing())
    assert not Export.objects.exists()


def test_s12_a_package_lives_ten_minutes(unit: city_hall.Unit):
    export = order(unit)
    made(export)

    assert export.expires_at <= timezone.now() + timedelta(minutes=10)


def test_what_is_due_is_deleted_with_its_content_and_nothing_else(unit: city_hall.Unit):
    export = order(unit)
    made(export)
    attached = {row.content_id for row in Attachment.objects.all()}
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    tasks.expire_exports(timestamp=0)
    tasks.expire_exports(timestamp=0)

    assert not Export.objects.exists()
    assert {content.digest for content in Content.objects.all()} == attached
    assert Deed.objects.filter(verb="expire_exports").count() == 1


def test_a_job_whose_order_has_expired_does_nothing(unit: city_hall.Unit):
    export = order(unit)
    Export.objects.all().delete()

    tasks.make_export(export=str(export.pk))

    assert not Deed.objects.filter(verb="make_export").exists()
