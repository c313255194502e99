"""The stakeholder register: who is affected, who was invited, who spoke; nobody's name in it."""

import pytest

import city_hall
from gongzhi.core.charter import VISITOR
from gongzhi.desk.actions.notices import tell_members
from gongzhi.desk.models import Notice
from gongzhi.forum.actions import stakeholders
from gongzhi.forum.actions.stakeholders import Affected
from gongzhi.forum.actions.voices import Speaking, submit_voice
from gongzhi.forum.models import Stakeholder
from gongzhi.forum.things import subject_of
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db
SHOPS = Affected(name="沿街商户", effect="施工挡路，客人进不来")


def registered(unit, affected: Affected = SHOPS) -> Stakeholder:
    return stakeholders.register_stakeholder(
        by=unit.officer, project=unit.project, affected=affected
    )


def seen(unit) -> list[tuple[str, bool, bool]]:
    rows = Stakeholder.objects.visible_to(unit.officer).with_facts()
    return [(each.name, each.was_invited, each.has_spoken) for each in rows]


def test_who_has_not_spoken_is_invited_and_then_heard(unit):
    row = registered(unit)
    assert seen(unit) == [("沿街商户", False, False)]
    stakeholders.invite_stakeholder(by=unit.officer, stakeholder=row, text="请在月底前说说看法")
    assert seen(unit) == [("沿街商户", True, False)]
    stakeholders.note_stakeholder(by=unit.officer, stakeholder=row, said="座谈会上要求留出通道")
    assert seen(unit) == [("沿街商户", True, True)]
    with pytest.raises(Unsuitable):
        stakeholders.invite_stakeholder(by=unit.officer, stakeholder=row, text="再请一次")
    verbs = {"register_stakeholder", "invite_stakeholder", "note_stakeholder"}
    assert set(Deed.objects.values_list("verb", flat=True)) >= verbs


def test_somebody_stands_there_once(unit):
    registered(unit)
    with pytest.raises(Unsuitable) as unsuitable:
        registered(unit)
    assert set(unsuitable.value.faults) == {"name"}


def test_the_register_holds_no_personal_data(unit):
    with pytest.raises(Unsuitable):
        registered(unit, Affected(name="住户", effect="联系 13800138000"))
    assert not Stakeholder.objects.exists()


def test_a_registered_organisation_is_called_as_it_is_registered(unit):
    row = registered(unit, Affected(name="", effect="要换施工方案", organisation=unit.organisation))
    assert row.name == unit.organisation.name


def test_others_neither_keep_nor_read_the_register_of_what_is_not_disclosed(unit):
    row = registered(unit)
    with pytest.raises(Refused):
        stakeholders.note_stakeholder(by=VISITOR, stakeholder=row, said="听说了")
    assert not Stakeholder.objects.visible_to(VISITOR).exists()


def test_an_invited_organisation_is_told_and_speaks_with_its_voice(unit, settings):
    settings.DEMO = True
    other = city_hall.unit("2", within=unit.organisation.region)
    city_hall.published(unit)
    unit.project.refresh_from_db()
    row = registered(
        unit, Affected(name="", effect="要换施工方案", organisation=other.organisation)
    )
    stakeholders.invite_stakeholder(by=unit.officer, stakeholder=row, text="请说说看法")
    sequence()
    tell_members()
    told = Notice.objects.filter(person=other.officer_office.person)
    assert row.thing().name in [each.about for each in told]
    submit_voice(
        by=other.officer,
        subject=subject_of(other.officer, unit.project.thing().name),
        speaking=Speaking(kind="need", title="留一条便道", text="货车进不来"),
    )
    assert seen(unit) == [(other.organisation.name, True, True)]
