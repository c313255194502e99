"""Putting a file beside a thing, and taking it back."""

from gongzhi.core.charter import Member
from gongzhi.desk.models import Attachment, Content
from gongzhi.desk.models.attachments import content_digest
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import act
from gongzhi.parties.rights import Charted

NAME_MAX = 200


def attach_file(
    *, by: Member, to: Charted, file: ScreenedFile, label: str, key: str | None = None
) -> Attachment:
    """Keep a file that was screened beside a thing of one's own.

    The log gets the digest of what may be public, of everything else only a promise of it: a
    digest would tell whoever has the same file that it is here.
    """
    assert label in Attachment.Label.values, f"no such class: {label}"
    with act(by, "attach_file", on=to, key=key) as record:
        thing = to.thing()
        assert by.person is not None, "whoever attaches stands in an office"
        assert thing.owner is not None, "files are kept beside what somebody answers for"
        digest = content_digest(file.content)
        Content.objects.get_or_create(
            digest=digest,
            defaults={
                "content": file.content,
                "bytes_count": len(file.content),
                "kind": str(file.kind),
            },
        )
        attachment = Attachment.objects.create(
            about=thing.name,
            name=file.name[-NAME_MAX:],
            content_id=digest,
            label=label,
            organisation_id=thing.owner,
            attached_by_id=by.person,
            attached_on=record.business_date,
        )
        record["attachment"] = str(attachment.pk)
        record["label"] = label
        sealed = f"sha256:{digest}"
        if label == Attachment.Label.PUBLIC:
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
