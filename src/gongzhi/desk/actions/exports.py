"""Asking for all attachments of a thing, or for many papers, as one file; making and deleting it.

The job makes it with the rights that whoever asked has when it runs, not when they asked: what
they may read no more stays out (QUALITY S11). Attachments live for minutes (S12), papers for the
days of rules/keeping.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Member, Thing
from gongzhi.core.terms import Said
from gongzhi.desk.models import Attachment, Content, Export, Notice
from gongzhi.desk.models.attachments import AttachmentQuerySet, content_digest
from gongzhi.desk.telling import notice_to
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON, member_in, member_of, offices_held
from gongzhi.rules.keeping import load_discarding

ALIVE = timedelta(minutes=10)  # QUALITY S12: the link is dead after ten minutes
WAITED_FOR = timedelta(hours=24)  # how long an order may wait for a worker
JOB, PAPERS_JOB = "gongzhi.desk.tasks.make_export", "gongzhi.web.tasks.make_papers"
NOTHING_WANTED: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A package that was made elsewhere, and how many papers it holds."""

    content: bytes
    count: int


def order_export(
    *,
    by: Member,
    about: Thing,
    what: str = Export.What.ATTACHMENTS,
    wanted: Mapping[str, Any] = NOTHING_WANTED,
    key: str | None = None,
) -> Export:
    """Ask for the attachments of a thing, or papers about it; a job makes the file after it."""
    export = Export(
        about=about.name,
        what=what,
        wanted=dict(wanted),
        person_id=by.person or NO_PERSON,
        office_id=by.office,
        expires_at=timezone.now() + WAITED_FOR,
    )
    with act(by, "order_export", on=export.thing(), key=key) as record:
        export.save(force_insert=True)
        record.private("about", about.name)
        job = JOB if what == Export.What.ATTACHMENTS else PAPERS_JOB
        app.configure_task(job).defer(export=str(export.pk))
    return export


def make_export(*, export: Export, papers: Packed | None = None) -> Export:
    """Make the file, as whoever asked for it is now; made once, however often the job runs.

    Papers come packed: whoever writes them does it outside, so that one can see how far it got.
    """
    if export.stage != Export.Stage.ORDERED:
        return export
    by = requester_of(export)
    with act(by, "make_export", on=export) as record:
        rows: list[Attachment] = []
        if papers is None:
            rows = list(packed_for(by, about=export.about).select_related("content"))
        packed = papers.content if papers else _packed(rows)
        digest = content_digest(packed)
        Content.objects.get_or_create(
            digest=digest,
            defaults={"content": packed, "bytes_count": len(packed), "kind": "archive"},
        )
        export.content_id = digest
        export.attachments = [str(row.pk) for row in rows]
        export.stage = Export.Stage.MADE
        export.expires_at = timezone.now() + alive(export)
        export.save()
        _tell(export, on=record.business_date)
        record["count"] = papers.count if papers else len(rows)
        record.private("digest", f"sha256:{digest}")
    return export


def alive(export: Export) -> timedelta:
    """How long what was made may be taken away."""
    if export.what == Export.What.ATTACHMENTS:
        return ALIVE
    return timedelta(days=load_discarding()["papers"].days)


def to_make(identifier: str) -> Export | None:
    """What a job is to make; None where it expired before, or was made."""
    ordered = Export.objects.filter(pk=identifier, stage=Export.Stage.ORDERED)
    found: Export | None = ordered.select_related("person").first()
    return found


def note_progress(export: Export, *, done: int, total: int) -> None:
    """How far the job got: no deed, as the queue's own rows aren't."""
    Export.objects.filter(pk=export.pk, stage=Export.Stage.ORDERED).update(done=done, total=total)


def _tell(export: Export, *, on: date) -> None:
    said = Said(
        "您要的附件包做好了，请在 {minutes} 分钟内下载",
        {"minutes": int(ALIVE.total_seconds() // 60)},
    )
    if export.what != Export.What.ATTACHMENTS:
        said = Said("您要的表做好了，请在 {days} 天内下载", {"days": alive(export).days})
    name = export.thing().name
    notice = notice_to(
        export.person_id, cause=name, about=name, said=said, on=on, topic=Notice.Topic.ANSWERED
    )
    notice.save(force_insert=True)


def expire_exports() -> int:
    """Delete the packages whose minutes are over; says how many."""
    due = Export.objects.filter(expires_at__lte=timezone.now())
    if not due.exists():
        return 0
    with act(SYSTEM, "expire_exports", on=INSTALLATION) as record:
        contents = list(due.exclude(content=None).values_list("content", flat=True))
        count, _ = due.delete()
        unused = Content.objects.filter(digest__in=contents, attachments=None, exports=None)
        unused.delete()
        record["count"] = count
    return count


def requester_of(export: Export) -> Member:
    """Whoever asked, as they are now: in their office if they still hold it.

    Ordering is a deed that asked for both factors; the job, which can show none, stands for it.
    """
    person = export.person
    for office in offices_held(person, on=business_date()):
        if office.pk == export.office_id:
            return member_in(office, second_factor=True)
    return member_of(person, second_factor=True) if person.is_active else VISITOR


def packed_for(member: Member, *, about: str) -> AttachmentQuerySet:
    """The attachments that the member may take away together."""
    shown: AttachmentQuerySet = Attachment.objects.visible_to(member)
    return shown.filter(about=about, stage="attached").order_by("id")


def _packed(rows: Iterable[Attachment]) -> bytes:
    """The files in one archive, numbered, so that equal names don't collide."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, row in enumerate(rows, start=1):
            name = row.name.replace("/", "_").replace("\\", "_")
            archive.writestr(f"{number:03}-{name}", bytes(row.file.content))
    return out.getvalue()
