"""Evidence beside its readings as their reader may see it: files by their class, with seals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.figures import in_percent
from gongzhi.core.terms import Said, SaidValues
from gongzhi.cycle.models import Evidence, Reading
from gongzhi.desk.models import Attachment
from gongzhi.intake.kinds import Kind
from gongzhi.trust.seals import Seal
from gongzhi.web.seals import seals_naming

TABLES: Sequence[str] = (Kind.CSV, Kind.XLSX, Kind.XLS)
SURVEYED = Said("问了 {asked} 人，{answered} 人回答（{share}），{method}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEvidence:
    """A piece of evidence; `file` is there for who may open it, `is_kept_back` says it exists.

    `survey` is the one whose result became the reading.
    """

    row: Evidence
    said: Said | None
    file: Attachment | None
    is_kept_back: bool
    is_picture: bool
    seal: Seal | None
    survey: UUID | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is a table that everybody may open who reads the reading."""
        file = self.file
        if file is None or file.content is None or file.label != Attachment.Label.PUBLIC:
            return False
        return file.content.kind in TABLES


def grounds_of(
    member: Member, readings: Sequence[Reading]
) -> Mapping[UUID, Sequence[SeenEvidence]]:
    """What each reading rests on, in three questions."""
    visible = Evidence.objects.visible_to(member).filter(reading__in=readings)
    rows = list(visible.select_related("reading__survey_result").order_by("id"))
    if not rows:
        return {}
    wanted = [row.attachment_id for row in rows if row.attachment_id]
    files = {
        each.pk: each
        for each in Attachment.objects.visible_to(member).filter(pk__in=wanted).with_facts()
    }
    on = {f"reading:{row.reading_id}" for row in rows}
    seals = seals_naming(member, rows, verb="add_evidence", on=on, field="evidence")
    found: dict[UUID, list[SeenEvidence]] = {}
    for row in rows:
        file = files.get(row.attachment_id)
        seen = SeenEvidence(
            row=row,
            said=_said(row),
            file=file,
            is_kept_back=row.attachment_id is not None and file is None,
            is_picture=file is not None and file.content.kind == Kind.PICTURE,
            seal=seals.get(row.pk),
            survey=_survey_of(row),
        )
        found.setdefault(row.reading_id, []).append(seen)
    return found


def _survey_of(row: Evidence) -> UUID | None:
    """The survey of this platform that the evidence tells of."""
    result = getattr(row.reading, "survey_result", None)
    if result is None or row.kind != Evidence.Kind.SURVEY:
        return None
    found: UUID = result.survey_id
    return found


def _said(row: Evidence) -> Said | None:
    """What a survey says of itself."""
    if row.kind != Evidence.Kind.SURVEY:
        return None
    assert row.asked, "a survey says how many it asked"
    assert row.answered, "a survey says how many answered"
    values: SaidValues = {
        "asked": row.asked,
        "answered": row.answered,
        "method": row.method,
        "share": in_percent(Decimal(row.answered) / row.asked),
    }
    return Said(SURVEYED.text, values)
