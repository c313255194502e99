"""The log says that it ends, and the one that follows says what it follows."""

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.parties.deeds import act
from gongzhi.trust import succession
from gongzhi.trust.succession import Ended

REASONS = ("lost", "stolen", "renewed")


def succeed_log(
    *, by: Member, former: Ended, successor: VerifierKey, reason: str, begins: bool
) -> None:
    """State the log that ends, what it signed last, the one that follows, and why.

    The old log states it while it can still sign; the new one, which begins with it, in any case.
    """
    with act(by, "succeed_log", on=INSTALLATION) as record:
        record["former"] = former.key.text
        record["size"] = former.checkpoint.size
        record["root"] = write_base64(former.checkpoint.root)
        record["successor"] = successor.text
        record["reason_code"] = reason
        record["begins"] = begins
        if begins:
            succession.begin(former, successor, deed=record.deed_id)
