"""Putting a file beside a thing, and taking it back."""

from uuid import UUID

from gongzhi.core.charter import Member, Thing
from gongzhi.desk.models import Attachment, Content
from gongzhi.desk.models.attachments import content_digest
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.rights import Charted
from gongzhi.trust.identifiers import identifier_in

NAME_MAX = 200
ATTACHING = ("attach_file", "attach_evidence")  # the deeds that keep a file beside a thing


def attach_file(
    *, by: Member, to: Charted, file: ScreenedFile, label: str, key: str | None = None
) -> Attachment:
    """Keep a file that was screened beside a thing of one's own."""
    with act(by, "attach_file", on=to, key=key) as record:
        return keep_beside(to.thing(), file, by=by, label=label, record=record)


def keep_beside(
    thing: Thing, file: ScreenedFile, *, by: Member, label: str, record: Record
) -> Attachment:
    """Keep a file beside a thing, within a deed: it belongs to whom the thing belongs to.

    The log gets the digest of what an organisation makes public, of everything else only a promise
    of it: a digest would tell whoever has the same file that it is here, even after it was erased.
    """
    assert label in Attachment.Label.values, f"no such class: {label}"
    assert by.person is not None, "whoever attaches is known"
    organisation = identifier_in(thing.owner or "")
    holder = None if organisation else UUID(by.person)
    assert organisation or thing.holder == by.person, "files are kept beside what is somebody's"
    digest = content_digest(file.content)
    Content.objects.get_or_create(
        digest=digest,
        defaults={
            "content": file.content,
            "bytes_count": len(file.content),
            "kind": str(file.kind),
        },
    )
    attachment: Attachment = Attachment.objects.create(
        about=thing.name,
        name=file.name[-NAME_MAX:],
        content_id=digest,
        label=label,
        organisation_id=organisation,
        holder_id=holder,
        attached_by_id=by.person,
        attached_on=record.business_date,
    )
    record["attachment"] = str(attachment.pk)
    record["label"] = label
    sealed = f"sha256:{digest}"
    if label == Attachment.Label.PUBLIC and organisation:
        record["digest"] = sealed
    else:
        record.private("digest", sealed)
    return attachment


def withdraw_attachment(
    *, by: Member, attachment: Attachment, reason: str, key: str | None = None
) -> None:
    """Take an attachment back; it stays with its organisation, and the log keeps its digest."""
    with act(by, "withdraw_attachment", on=attachment, key=key) as record:
        attachment.stage = Attachment.Stage.WITHDRAWN
        attachment.save(update_fields=["stage"])
        record.private("reason", reason)
