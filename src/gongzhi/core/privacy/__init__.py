"""Personal data in texts: found and masked."""

from gongzhi.core.privacy.forms import redacted_form
from gongzhi.core.privacy.masking import Personal, PersonalKind, personal_in, redacted

__all__ = ["Personal", "PersonalKind", "personal_in", "redacted", "redacted_form"]
