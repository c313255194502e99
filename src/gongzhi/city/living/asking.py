"""What the people's congress asks of the year, how it is answered, what is found of the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.asked import CONGRESS, Answering, Asked, load_asked
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import BUREAU, WITHOUT_ROLE, People
from gongzhi.core.charter import Member
from gongzhi.core.inquiring import InquiryKind
from gongzhi.cycle.actions import inquiries
from gongzhi.cycle.models import Inquiry, InquiryPoint, Project
from gongzhi.parties.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Congress:
    """The congress's questions and opinions, for those who ask and answer."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each is sent, answered point by point, assessed, published."""
        for asked in load_asked():
            yield decided_on(asked.on, partial(self._ask, asked))
            for answering in asked.answers:
                yield decided_on(answering.on, partial(self._answer, asked, answering))
                yield decided_on(answering.assessed_on, partial(self._assess, asked, answering))
            yield decided_on(asked.published_on, partial(self._publish, asked))

    def _ask(self, asked: Asked) -> None:
        send = (
            inquiries.ask_question if asked.kind is InquiryKind.QUESTION else inquiries.send_opinion
        )
        send(by=self._deputy, asking=self._asking(asked), congress=self._congress)

    def _asking(self, asked: Asked) -> inquiries.Asking:
        return inquiries.Asking(
            title=asked.title,
            points=asked.points,
            addressed=self.people.organisations[asked.addressed],
            fiscal_year=self.city.year,
            project=Project.objects.filter(code=asked.project).first(),
            meeting=asked.meeting,
            document_number=asked.document_number,
        )

    def _answer(self, asked: Asked, answering: Answering) -> None:
        is_question = asked.kind is InquiryKind.QUESTION
        answer = inquiries.answer_question if is_question else inquiries.answer_opinion
        answer(
            by=self._asked(asked),
            inquiry=self._known(asked),
            point=self._point(asked, answering).pk,
            done=answering.done,
            changed=answering.changed,
        )

    def _assess(self, asked: Asked, answering: Answering) -> None:
        inquiries.assess_answer(
            by=self._deputy,
            inquiry=self._known(asked),
            point=self._point(asked, answering).pk,
            satisfaction=answering.satisfaction,
            reason=answering.remark,
        )

    def _publish(self, asked: Asked) -> None:
        inquiries.publish_inquiry(by=self._deputy, inquiry=self._known(asked), reason=asked.review)

    def _known(self, asked: Asked) -> Inquiry:
        """What was asked as it stands; raises DoesNotExist where nobody asked it."""
        rows = Inquiry.objects.filter(fiscal_year=self.city.year, title=asked.title)
        found: Inquiry = rows.exclude(stage="withdrawn").get()
        return found

    def _point(self, asked: Asked, answering: Answering) -> InquiryPoint:
        found: InquiryPoint = self._known(asked).points.get(number=answering.point)
        return found

    def _asked(self, asked: Asked) -> Member:
        is_bureau = asked.addressed == BUREAU
        return self.people.budget if is_bureau else self.people.member(asked.addressed, "officer")

    @property
    def _deputy(self) -> Member:
        return self.people.member(CONGRESS, WITHOUT_ROLE)

    @property
    def _congress(self) -> Organisation:
        return self.people.organisations[CONGRESS]
