"""What a reading rests on: files and photos, surveys, published figures; added, never taken away.

A file or a photo is an attachment of the reading too: its class says who may open it.
"""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Evidence, Reading
from gongzhi.desk.actions.attachments import attach_file
from gongzhi.desk.models import Attachment
from gongzhi.intake.kinds import Kind
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

ATTACHED = (Evidence.Kind.FILE, Evidence.Kind.PHOTO)
UNKNOWN = Said("请选佐证的种类")
SAYS_NOTHING = Said("请写明这份佐证说明什么")
NO_FILE = Said("请选文件")
NO_PHOTO = Said("照片请用 JPEG 或 PNG 格式")
NO_METHOD = Said("请写明怎样调查，例如电话回访、现场问卷、网上问卷")
NOBODY_ANSWERED = Said("请写明问了多少人、多少人回答；回答的不会多于问到的")
NO_SOURCE = Said("请写明数据由谁公布、在哪里能查到")
NOT_YET = Said("日期晚于今天")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody brings for a reading: of which kind, what it shows, of which day."""

    kind: str
    shows: str
    made_on: date
    source: str = ""
    asked: int | None = None
    answered: int | None = None
    method: str = ""


def add_evidence(
    *,
    by: Member,
    reading: Reading,
    shown: Shown,
    file: ScreenedFile | None = None,
    label: str = Attachment.Label.PUBLIC,
    key: str | None = None,
) -> Evidence:
    """Add to one's own reading what it rests on; raises Unsuitable where it says too little."""
    with act(by, "add_evidence", on=reading, key=key) as record:
        faults = _faults(shown, file=file, today=record.business_date)
        if faults:
            raise Unsuitable(faults)
        kept = file if shown.kind in ATTACHED else None
        added = Evidence(
            reading=reading,
            kind=shown.kind,
            shows=shown.shows.strip(),
            source=shown.source.strip(),
            method=shown.method.strip(),
            made_on=shown.made_on,
            added_on=record.business_date,
        )
        if shown.kind == Evidence.Kind.SURVEY:
            added.asked, added.answered = shown.asked, shown.answered
        if kept is not None:
            added.attachment = attach_file(by=by, to=reading, file=kept, label=label)
        added.save(force_insert=True)
        record["reading"] = str(reading.pk)
        record["evidence"] = str(added.pk)
        record["kind"] = added.kind
        record.private("shown", digest_of_evidence(added))
    return added


def _faults(shown: Shown, *, file: ScreenedFile | None, today: date) -> dict[str, Said]:
    found: dict[str, Said] = {}
    if shown.kind not in Evidence.Kind.values:
        found["kind"] = UNKNOWN
    if not shown.shows.strip():
        found["shows"] = SAYS_NOTHING
    if shown.made_on > today:
        found["made_on"] = NOT_YET
    if shown.kind in ATTACHED and file is None:
        found["file"] = NO_FILE
    if shown.kind == Evidence.Kind.PHOTO and file is not None and file.kind is not Kind.PICTURE:
        found["file"] = NO_PHOTO
    if shown.kind == Evidence.Kind.FIGURE and not shown.source.strip():
        found["source"] = NO_SOURCE
    if shown.kind == Evidence.Kind.SURVEY:
        found |= _faults_of_survey(shown)
    return found


def _faults_of_survey(shown: Shown) -> dict[str, Said]:
    """A survey says how many were asked, how many answered, and by which instrument."""
    found = {} if shown.method.strip() else {"method": NO_METHOD}
    if not 0 < (shown.answered or 0) <= (shown.asked or 0):
        found["answered"] = NOBODY_ANSWERED
    return found


def digest_of_evidence(evidence: Evidence) -> str:
    """The digest of everything that it says, that of its file too: what its deed promises."""
    file = evidence.attachment.content_id if evidence.attachment else None
    return digest(
        canonical(
            {
                "evidence": str(evidence.pk),
                "reading": str(evidence.reading_id),
                "kind": evidence.kind,
                "shows": evidence.shows,
                "source": evidence.source,
                "asked": evidence.asked,
                "answered": evidence.answered,
                "method": evidence.method,
                "made_on": evidence.made_on.isoformat(),
                "file": file and f"sha256:{file}",
            }
        )
    )
