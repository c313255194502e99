"""What people say to an office and nobody publishes: sent, asked back about, answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.citizens import settle_citizen
from gongzhi.city.invented.remarked import Remarked, load_remarks
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.core.participating.receipts import receipt_code
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import remarks
from gongzhi.forum.actions.remarks import Writing
from gongzhi.forum.models import Remark
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarking:
    """The stories' remarks, for those who write and those who answer."""

    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each is sent and answered on its day."""
        for told in load_remarks():
            yield decided_on(told.on, partial(self._send, told))
            if told.asked_on:
                yield decided_on(told.asked_on, partial(self._ask, told))
            if told.added_on:
                yield decided_on(told.added_on, partial(self._add, told))
            if told.answered_on:
                yield decided_on(told.answered_on, partial(self._answer, told))

    def _send(self, told: Remarked) -> None:
        project = Project.objects.select_related("unit__region").get(code=told.project)
        writing = Writing(kind=told.kind, text=told.text, project=project)
        if told.writer:
            known = Person.objects.filter(username=told.writer).first()
            writer = known or settle_citizen(username=told.writer, name=told.name)
            remarks.send_remark(by=member_of(writer), writing=writing)
        else:
            remarks.send_anonymous_remark(writing=writing, code=receipt_code(told.code))

    def _ask(self, told: Remarked) -> None:
        row = _sent(told)
        remarks.ask_about_remark(by=self._officer(row), remark=row, text=told.question)

    def _add(self, told: Remarked) -> None:
        remarks.add_by_receipt(code=receipt_code(told.code), text=told.addition)

    def _answer(self, told: Remarked) -> None:
        row = _sent(told)
        remarks.answer_remark(
            by=self._officer(row), remark=row, outcome=told.outcome, text=told.answer
        )

    def _officer(self, row: Remark) -> Member:
        return self.people.member(row.receiver.code, "officer")


def _sent(told: Remarked) -> Remark:
    """The remark again: by its code, or by its writer and day."""
    if not told.writer:
        return remarks.open_by_receipt(code=receipt_code(told.code)).remark
    row: Remark = Remark.objects.with_facts().get(
        person__username=told.writer, project__code=told.project, received_on=told.on
    )
    return row
