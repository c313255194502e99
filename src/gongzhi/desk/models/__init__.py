"""What the desk remembers: links, tasks, notices, followers, attachments, and who opened what."""

from gongzhi.desk.models.attachments import Attachment, Content
from gongzhi.desk.models.digests import Digest
from gongzhi.desk.models.exports import Export
from gongzhi.desk.models.hooks import Hook, HookDelivery
from gongzhi.desk.models.notices import Follow, Notice, NoticeCursor
from gongzhi.desk.models.openings import Opening
from gongzhi.desk.models.sharing import SharedResult, key_digest
from gongzhi.desk.models.tasks import Task
from gongzhi.desk.models.views import SavedView

__all__ = [
    "Attachment",
    "Content",
    "Digest",
    "Export",
    "Follow",
    "Hook",
    "HookDelivery",
    "Notice",
    "NoticeCursor",
    "Opening",
    "SavedView",
    "SharedResult",
    "Task",
    "key_digest",
]
