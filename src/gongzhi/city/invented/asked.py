"""What the people's congress asks when the year is judged, read from turned/congress.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Deed
from gongzhi.core.inquiring import InquiryKind, Satisfaction
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "congress.toml"
CONGRESS = "YH-401"
ANSWERING = {InquiryKind.QUESTION: "answer_question", InquiryKind.OPINION: "answer_opinion"}
ASKING = {InquiryKind.QUESTION: "ask_question", InquiryKind.OPINION: "send_opinion"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """An answer to a point, and what the congress finds of it."""

    on: date
    point: int
    done: str
    changed: str
    assessed_on: date
    satisfaction: Satisfaction
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, or an opinion; project is a code, story the one that it belongs to, if any."""

    kind: InquiryKind
    on: date
    addressed: str
    title: str
    points: tuple[str, ...]
    answers: tuple[Answering, ...]
    published_on: date
    review: str
    story: str = ""
    project: str = ""
    meeting: str = ""
    document_number: str = ""

    def deeds(self) -> Iterator[Deed]:
        """What of it a story has for its days; nothing where it is about no project."""
        if not self.project:
            return
        steps = [(self.on, ASKING[self.kind], CONGRESS)]
        steps += [(each.on, ANSWERING[self.kind], self.addressed) for each in self.answers]
        steps += [(each.assessed_on, "assess_answer", CONGRESS) for each in self.answers]
        steps.append((self.published_on, "publish_inquiry", CONGRESS))
        for on, verb, by in steps:
            yield Deed(on=on, verb=verb, project=self.project, by=by)


@cache
def load_asked() -> tuple[Asked, ...]:
    """Everything that the congress asks, in its order; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    found = tuple(map(_asked, top.tables("inquiry")))
    top.finish()
    return found


def _asked(entry: Entry) -> Asked:
    asked = Asked(
        kind=InquiryKind(entry.one_of("kind", list(InquiryKind))),
        on=entry.day("on"),
        addressed=entry.text("addressed"),
        title=entry.text("title"),
        points=entry.names("point"),
        answers=tuple(sorted(map(_answering, entry.tables("answer")), key=lambda each: each.on)),
        published_on=entry.day("published_on"),
        review=entry.text("review"),
        story=entry.text_if_told("story"),
        project=code_named(entry.text("project")) if entry.has("project") else "",
        meeting=entry.text_if_told("meeting"),
        document_number=entry.text_if_told("document_number"),
    )
    entry.finish()
    return asked


def _answering(entry: Entry) -> Answering:
    answering = Answering(
        on=entry.day("on"),
        point=int(entry.number("point")),
        done=entry.text("done"),
        changed=entry.text("changed"),
        assessed_on=entry.day("assessed_on"),
        satisfaction=Satisfaction(entry.one_of("satisfaction", list(Satisfaction))),
        remark=entry.text_if_told("remark"),
    )
    entry.finish()
    return answering
