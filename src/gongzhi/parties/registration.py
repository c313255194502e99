"""Registration numbers of organisations (统一社会信用代码, GB 32100-2015)."""

import re
import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

# The code's first digit names who registered the organisation.
CIVIL_AFFAIRS, MARKET_REGULATION = "5", "9"
REGISTERED_BY = {"social": CIVIL_AFFAIRS, "enterprise": MARKET_REGULATION}


def plain_credit_code(text: str) -> str:
    """The unified social credit code as it was meant, or nothing if it isn't one."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    try:
        return str(uscc.validate(plain))
    except ValidationError:
        return ""


def suits_kind(code: str, *, kind: str) -> bool:
    """Whether the office that registers such organisations gave the code."""
    return code.startswith(REGISTERED_BY.get(kind, ""))
