"""Files that show what a voice says: attached by its author, public with it, hidden with it."""

import pytest
from django.db import DatabaseError, transaction

from apps.desk.desks import file as table
from apps.forum.test_voices import NEED, a_demo, bureau, citizen, promised, resident, said, society
from gongzhi.core.charter import VISITOR
from gongzhi.core.terms import Said
from gongzhi.desk.actions.attachments import attach_file, withdraw_attachment
from gongzhi.desk.models import Attachment, Content
from gongzhi.desk.models.attachments import content_digest
from gongzhi.forum.actions import answers, moderation, voice_evidence
from gongzhi.forum.actions.voice_evidence import attach_evidence
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limits import MB
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.erasing import erase_person
from gongzhi.parties.models import Deed, Person
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.voices import voice_rules
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]  # fixtures


def picture(content: str = "图", *, name: str = "现场.jpg") -> ScreenedFile:
    return ScreenedFile(name=name, content=content.encode(), kind=Kind.PICTURE)


def seen(member) -> set[str]:
    return set(Attachment.objects.visible_to(member).values_list("name", flat=True))


def fault(by, voice, file) -> Said:
    with pytest.raises(Unsuitable) as unsuitable:
        attach_evidence(by=by, voice=voice, file=file)
    return unsuitable.value.faults["file"]


def test_everybody_reads_what_a_citizen_attached_to_a_voice(promised, resident, unit):
    kept = attach_evidence(by=resident, voice=said(resident, promised, NEED), file=picture())
    for member in (VISITOR, resident, citizen("居民乙"), unit.officer):
        assert seen(member) == {"现场.jpg"}
    assert (kept.organisation_id, str(kept.holder_id)) == (None, resident.person)
    deed = Deed.objects.get(verb="attach_evidence")
    assert deed.public["attachment"] == str(kept.pk)
    assert "digest" not in deed.public, "whoever has the file would know it after its erasure"
    assert deed.kept("digest") == f"sha256:{content_digest(picture().content)}"


def test_an_organisation_attaches_through_an_office_and_takes_it_back(promised, region):
    by = verified(society(region))
    kept = attach_evidence(by=by, voice=said(by, promised, NEED), file=picture())
    assert str(kept.organisation_id) == by.organisation
    assert Deed.objects.get(verb="attach_evidence").public["digest"].startswith("sha256:")
    withdraw_attachment(by=by, attachment=kept, reason="附错了")
    assert seen(VISITOR) == set()
    assert seen(by) == {"现场.jpg"}


def test_nobody_attaches_to_the_voice_of_another_or_to_an_answered_one(promised, resident, unit):
    voice = said(resident, promised, NEED)
    for member in (citizen("居民乙"), unit.officer, VISITOR):
        with pytest.raises(Refused):
            attach_evidence(by=member, voice=voice, file=picture())
    with pytest.raises(Refused):
        attach_file(by=resident, to=voice, file=picture(), label="internal")
    answers.answer_voice(by=unit.officer, voice=voice, outcome="declined", reason="今年的钱不够")
    voice.refresh_from_db()
    with pytest.raises(Refused):
        attach_evidence(by=resident, voice=voice, file=picture())


def test_files_are_few_not_big_of_few_kinds_and_name_nobody(promised, resident):
    voice, rules = said(resident, promised, NEED), voice_rules(on=business_date())
    assert fault(resident, voice, None) == voice_evidence.NO_FILE
    assert fault(resident, voice, table("甲,乙\n")) == voice_evidence.WRONG_KIND
    big = ScreenedFile(
        name="大.pdf", content=bytes(rules.evidence_megabytes_max * MB + 1), kind=Kind.PDF
    )
    assert fault(resident, voice, big).text == voice_evidence.TOO_BIG.text
    named = picture(name="13800138000.jpg")
    assert fault(resident, voice, named).text == voice_evidence.NAMED.text
    assert not Attachment.objects.exists()
    for number in range(rules.evidence_files_max):
        last = attach_evidence(by=resident, voice=voice, file=picture(str(number)))
    assert fault(resident, voice, picture()).text == voice_evidence.TOO_MANY.text
    withdraw_attachment(by=resident, attachment=last, reason="换一张")
    attach_evidence(by=resident, voice=voice, file=picture())


def test_a_form_sent_twice_attaches_once(promised, resident):
    voice = said(resident, promised, NEED)
    attach_evidence(by=resident, voice=voice, file=picture(), key="once")
    with pytest.raises(AlreadyDone):
        attach_evidence(by=resident, voice=voice, file=picture(), key="once")
    assert Attachment.objects.count() == 1


def test_5_17_what_stands_beside_a_hidden_voice_is_hidden_with_it(promised, resident, unit):
    voice = said(resident, promised, NEED)
    attach_evidence(by=resident, voice=voice, file=picture())
    moderation.hide_post(
        by=unit.officer, post=voice.posted(), category="advertising", reason="是广告"
    )
    for member in (VISITOR, citizen("居民乙"), unit.officer):
        assert seen(member) == set()
        beside = Attachment.objects.visible_to(member, beside=voice.thing().name)
        called = Attachment.objects.visible_to(member, called=["现场"])
        assert not beside.exists()
        assert not called.exists()
    assert seen(resident) == {"现场.jpg"}


def test_only_its_holder_takes_a_file_back_and_reads_it_on(promised, resident, unit):
    kept = attach_evidence(by=resident, voice=said(resident, promised, NEED), file=picture())
    for member in (citizen("居民乙"), unit.officer):
        with pytest.raises(Refused):
            withdraw_attachment(by=member, attachment=kept, reason="不要")
    withdraw_attachment(by=resident, attachment=kept, reason="附错了")
    assert seen(VISITOR) == set()
    assert seen(unit.officer) == set()
    assert seen(resident) == {"现场.jpg"}


@pytest.mark.parametrize("taken_back", [False, True])
def test_s68_the_file_and_its_name_go_with_its_holder(promised, resident, taken_back):
    voice = said(resident, promised, NEED)
    kept = attach_evidence(by=resident, voice=voice, file=picture())
    if taken_back:
        withdraw_attachment(by=resident, attachment=kept, reason="附错了")
    sequence()

    erase_person(Person.objects.get(pk=resident.person), today=business_date())

    sequence()
    kept.refresh_from_db()
    assert (kept.name, kept.content_id, kept.stage) == ("—", None, "withdrawn")
    assert not Content.objects.exists()
    assert seen(resident) == set()
    assert not [each for each in audit_all() if each]


def test_s68_a_file_that_somebody_else_attached_too_stays_with_them(promised, resident):
    other = citizen("居民乙")
    attach_evidence(by=resident, voice=said(resident, promised, NEED), file=picture())
    attach_evidence(by=other, voice=said(other, promised, NEED), file=picture())
    erase_person(Person.objects.get(pk=resident.person), today=business_date())
    assert seen(VISITOR) == {"现场.jpg"}


def test_what_was_attached_is_not_changed_but_erased_whole(promised, resident, unit):
    own = attach_evidence(by=resident, voice=said(resident, promised, NEED), file=picture())
    units = attach_file(by=unit.officer, to=unit.project, file=table("甲,乙\n"), label="public")
    changes = [
        (own, {"name": "另一个.jpg"}),
        (own, {"content": None}),
        (own, {"stage": "withdrawn", "content": None, "label": "internal"}),
        (units, {"stage": "withdrawn", "content": None}),
        (own, {"holder": None}),
    ]
    for row, change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Attachment.objects.filter(pk=row.pk).update(**change)
