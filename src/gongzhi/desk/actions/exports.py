"""Asking for all attachments of a thing as one file, making it, and deleting it again.

The job makes it with the rights that whoever asked has when it runs, not when they asked: what
they may read no more stays out (QUALITY S11). The file lives for minutes (S12).
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Member, Thing
from gongzhi.core.terms import Said
from gongzhi.desk.models import Attachment, Content, Export
from gongzhi.desk.models.attachments import AttachmentQuerySet, content_digest
from gongzhi.desk.telling import notice_to
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON, member_in, member_of, offices_held

ALIVE = timedelta(minutes=10)  # QUALITY S12: the link is dead after ten minutes
WAITED_FOR = timedelta(hours=24)  # how long an order may wait for a worker
JOB = "gongzhi.desk.tasks.make_export"


def order_export(*, by: Member, about: Thing, key: str | None = None) -> Export:
    """Ask for the attachments of a thing; a job makes the file once this deed holds."""
    export = Export(
        about=about.name,
        person_id=by.person or NO_PERSON,
        office_id=by.office,
        expires_at=timezone.now() + WAITED_FOR,
    )
    with act(by, "order_export", on=export.thing(), key=key) as record:
        export.save(force_insert=True)
        record.private("about", about.name)
        app.configure_task(JOB).defer(export=str(export.pk))
    return export


def make_export(*, export: Export) -> Export:
    """Make the file, as whoever asked for it is now; made once, however often the job runs."""
    if export.stage != Export.Stage.ORDERED:
        return export
    by = requester_of(export)
    with act(by, "make_export", on=export) as record:
        rows = list(packed_for(by, about=export.about).select_related("content"))
        packed = _packed(rows)
        digest = content_digest(packed)
        Content.objects.get_or_create(
            digest=digest,
            defaults={"content": packed, "bytes_count": len(packed), "kind": "archive"},
        )
        export.content_id = digest
        export.attachments = [str(row.pk) for row in rows]
        export.stage = Export.Stage.MADE
        export.expires_at = timezone.now() + ALIVE
        export.save()
        _tell(export, on=record.business_date)
        record["count"] = len(rows)
        record.private("digest", f"sha256:{digest}")
    return export


def _tell(export: Export, *, on: date) -> None:
    minutes = int(ALIVE.total_seconds() // 60)
    said = Said("您要的附件包做好了，请在 {minutes} 分钟内下载", {"minutes": minutes})
    name = export.thing().name
    notice = notice_to(export.person_id, cause=name, about=name, said=said, on=on)
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
            archive.writestr(f"{number:03}-{name}", bytes(row.content.content))
    return out.getvalue()
