"""Files beside a thing: kept once, read by their class, gone for who may not read the thing."""

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

import city_hall
from apps.desk.desks import file
from gongzhi.core.charter import VISITOR, Member, PartyKind
from gongzhi.core.terms import Problem
from gongzhi.desk.actions import attachments
from gongzhi.desk.models import Attachment, Content
from gongzhi.desk.models.attachments import content_digest
from gongzhi.intake.screening import screened
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed

pytestmark = pytest.mark.django_db
LABELS = ("public", "internal", "personal", "confidential")


@pytest.fixture
def unit() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def attach(unit: city_hall.Unit, *, label: str = "public", text: str = "甲,乙\n") -> Attachment:
    return attachments.attach_file(by=unit.officer, to=unit.project, file=file(text), label=label)


def labels_seen(member: Member) -> set[str]:
    return set(Attachment.objects.visible_to(member).values_list("label", flat=True))


def test_the_same_content_is_kept_once(unit: city_hall.Unit):
    one, two = attach(unit), attach(unit)

    assert one.content == two.content
    assert Content.objects.get().digest == content_digest("甲,乙\n".encode())
    assert bytes(Content.objects.get().content) == "甲,乙\n".encode()


def test_each_class_has_its_readers(unit: city_hall.Unit):
    city_hall.published(unit)
    for label in LABELS:
        attach(unit, label=label)
    region = unit.organisation.region
    other = city_hall.unit("2", within=region)
    audit = city_hall.unit("3", within=region, kind="audit")
    citizen = Member(kind=PartyKind.CITIZEN, person=unit.reviewer.person)

    assert labels_seen(unit.officer) == set(LABELS)
    assert labels_seen(audit.officer) == {"public", "internal", "personal"}
    for member in (other.officer, citizen, VISITOR):
        assert labels_seen(member) == {"public"}


def test_s12_what_is_beside_something_unpublished_is_as_unpublished(unit: city_hall.Unit):
    attach(unit, label="public")

    assert labels_seen(VISITOR) == set()
    city_hall.published(unit)
    assert labels_seen(VISITOR) == {"public"}


def test_a_withdrawn_attachment_is_gone_for_all_but_its_organisation(unit: city_hall.Unit):
    city_hall.published(unit)
    attachment = attach(unit)

    attachments.withdraw_attachment(by=unit.officer, attachment=attachment, reason="附错了")

    assert labels_seen(VISITOR) == set()
    assert labels_seen(unit.officer) == {"public"}
    with pytest.raises(Refused):
        attachments.withdraw_attachment(by=unit.officer, attachment=attachment, reason="再撤")


def test_nobody_attaches_to_what_is_another_s(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)

    with pytest.raises(Refused):
        attachments.attach_file(by=other.officer, to=unit.project, file=file(), label="public")
    assert not Content.objects.exists()


def test_the_log_has_the_digest_of_what_may_be_public_and_a_promise_of_the_rest(
    unit: city_hall.Unit,
):
    attach(unit, label="public")
    attach(unit, label="internal")

    public, internal = Deed.objects.filter(verb="attach_file").order_by("id")
    assert public.public["digest"] == f"sha256:{Content.objects.get().digest}"
    assert "digest" not in internal.public
    assert internal.kept("digest") == public.public["digest"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x7fELF" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 50,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        "机密★10年\n项目名称,某项目\n".encode(),
        "内部资料\n项目名称,某项目\n".encode(),
    ],
)
def test_what_the_gate_refuses_or_is_marked_secret_is_never_kept(content: bytes):
    assert isinstance(screened("某表.csv", content), Problem)


def test_a_file_is_known_by_its_content_not_by_its_name():
    assert file(name="某表.exe").kind == "csv"


def test_the_database_itself_refuses_to_rewrite_what_was_attached(unit: city_hall.Unit):
    attach(unit)

    for change in ({"name": "别的.csv"}, {"label": "internal"}):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            Attachment.objects.update(**change)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Content.objects.update(content=b"other")
