"""Erasing personal data: who it is about asks, an office decides, the log notes that it was."""

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.erasing import erase_person, mark_of
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.offices import Office
from gongzhi.parties.people import Person
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable

Stage = Erasure.Stage
ASKED_BEFORE = Said("您的请求已经收到，正在等候办理")
IN_OFFICE = Said("这个人还在任职：先终止岗位，再删除；任职期间的办理记录依法保存")


def new_request(person: Person) -> Thing:
    """A request that somebody could make, as the charter sees it."""
    return Erasure(person=person, asked_on=business_date()).thing()


def ask_erasure(*, by: Member, person: Person, reason: str, key: str | None = None) -> Erasure:
    """Ask for what is kept about oneself to be erased; raises Unsuitable while one waits."""
    with act(by, "ask_erasure", on=new_request(person), key=key) as record:
        if Erasure.objects.filter(person=person).waiting().exists():
            raise Unsuitable({"reason": ASKED_BEFORE})
        request = Erasure.objects.create(
            person=person, reason=reason, asked_on=record.business_date
        )
        record["request"] = str(request.pk)
        record.private("reason", reason, about=person_subject(person.pk))
    return request


def erase_values(*, by: Member, request: Erasure, key: str | None = None) -> None:
    """Erase all that is kept about the person; raises Unsuitable while they hold an office.

    The log learns the numbers of the entries, or their deeds where they have none yet, and a mark
    by which this installation alone knows the account again, should an old backup bring it back.
    """
    with act(by, "erase_values", on=request, key=key) as record:
        person = Person.objects.select_for_update().get(pk=request.person_id)
        if Office.objects.filter(person=person).held(on=record.business_date).exists():
            raise Unsuitable({"key": IN_OFFICE})
        unopened = erase_person(person, today=record.business_date)
        record["account"] = mark_of(person)
        record["entries"] = unopened.entries
        if unopened.deeds:
            record["deeds"] = unopened.deeds


def decline_erasure(*, by: Member, request: Erasure, reason: str, key: str | None = None) -> None:
    """Say why the law keeps what somebody wants erased; they read the reason."""
    with act(by, "decline_erasure", on=request, key=key) as record:
        request.stage, request.decided_on = Stage.DECLINED, record.business_date
        request.answer = reason
        request.save(update_fields=["stage", "decided_on", "answer"])
        record.private("reason", reason, about=person_subject(request.person_id))
