"""What tests of the desk share: a file that may be kept, and everything numbered and told."""

from gongzhi.desk.actions import notices
from gongzhi.desk.models import Notice
from gongzhi.intake.screening import ScreenedFile, screened
from gongzhi.parties.models import Office
from gongzhi.trust.sequencing import sequence


def file(text: str = "项目名称,某项目\n", *, name: str = "某表.csv") -> ScreenedFile:
    kept = screened(name, text.encode())
    assert isinstance(kept, ScreenedFile), kept
    return kept


def tell() -> int:
    """Number what was done, and tell those whom it concerns; how many notices there are."""
    sequence()
    while notices.tell_members():
        pass
    return Notice.objects.count()


def told(office: Office) -> list[str]:
    """The verbs that somebody was told of, the oldest first."""
    own = Notice.objects.filter(person=office.person_id).order_by("id")
    return [notice.said.values["verb"].text for notice in own]
