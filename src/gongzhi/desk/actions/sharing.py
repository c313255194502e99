"""The deeds of the desk: keep a result behind a link, and delete it when its days are over."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member
from gongzhi.core.sealed import digest
from gongzhi.desk.models import SharedResult, key_digest
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.deeds import act

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """The key of a link, shown once, and when it ends."""

    key: str
    expires_at: datetime


def share_result(
    *, by: Member, result: Mapping[str, object], consented: bool, key: str | None = None
) -> SharedLink:
    """Keep a result of a check behind a link that can't be guessed, because its visitor agreed.

    The log learns that something was shared, never what: only a promise of its digest.
    """
    assert consented, "nothing of a visitor's is kept without consent"
    with act(by, "share_result", on=INSTALLATION, key=key) as record:
        link_key = secrets.token_urlsafe(KEY_BYTES)
        now = timezone.now()
        shared = SharedResult.objects.create(
            key_digest=key_digest(link_key),
            result=result,
            consented_at=now,
            expires_at=now + timedelta(days=LIMITS.shared_result_days),
        )
        record.private("result", digest(json.dumps(result, sort_keys=True).encode()))
    return SharedLink(key=link_key, expires_at=shared.expires_at)


def expire_shared_results() -> int:
    """Delete the results whose days are over; says how many."""
    if not SharedResult.objects.due(at=timezone.now()).exists():
        return 0
    with act(SYSTEM, "expire_shared_results", on=INSTALLATION) as record:
        count, _ = SharedResult.objects.due(at=timezone.now()).delete()
        record["count"] = count
    return count
