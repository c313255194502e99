"""What waits about surveys whose last day has passed: to end them, to publish their results.

One without a sample and without papers on their way ends by itself (forum/tasks.py); of all others
whoever holds it has to say how many were asked, and to key in the papers that came back.
"""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import Survey
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

CLOSE = Said("结束已经到期的问卷调查")
PUBLISH = Said("公布问卷调查的结果")
CLOSING, PUBLISHING = "close_survey", "publish_survey_result"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to do with its surveys."""
    if member.organisation is None:
        return
    own = Survey.objects.visible_to(member).filter(organisation=member.organisation).with_facts()
    yield Queue.of(_to_close, own.past(today=today).order_by("closes_on", "pk"))
    yield Queue.of(_to_publish, own.filter(stage=Survey.Stage.CLOSED).order_by("closes_on", "pk"))


def _to_close(survey: Survey) -> Waiting:
    return _waiting(survey, verb=CLOSING, said=CLOSE)


def _to_publish(survey: Survey) -> Waiting:
    return _waiting(survey, verb=PUBLISHING, said=PUBLISH)


def _waiting(survey: Survey, *, verb: str, said: Said) -> Waiting:
    """No clause gives days for it: it has waited since the survey's last day."""
    return Waiting(
        verb=verb,
        thing=survey.thing(),
        said=said,
        title=survey.title,
        organisation=str(survey.organisation_id),
        opened_on=survey.closes_on,
        due_on=None,
        clause=clause_of(verb),
    )
