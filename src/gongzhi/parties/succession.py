"""One log follows another: close the old one as well as its key allows, begin the new one."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from gongzhi.core.charter import Member
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.parties.actions.succession import succeed_log
from gongzhi.parties.models import Deed
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.keys import installation_signer, key_path
from gongzhi.trust.sequencing import sign_all
from gongzhi.trust.succession import change_keys, ended, followed_by, is_begun, successor

VERB = "succeed_log"
WITNESSES_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """The log that ended, the one that follows, and where the old key lies, if it was there."""

    former: Checkpoint
    key: VerifierKey
    old_key: Path | None


def succeed(name: str, *, reason: str, by: Member) -> Succeeded:
    """End the log and begin the one of that name; raises LogRefused before anything is changed.

    Broken off, it goes on where it was. Nothing else may number or sign meanwhile.
    """
    follower = successor(name)
    if not is_begun(follower.verifier):
        if key_path().exists():
            _close(follower.verifier, reason=reason, by=by)
        with transaction.atomic(durable=True):
            succeed_log(
                by=by,
                former=ended(),
                successor=follower.verifier,
                reason=reason,
                begins=True,
            )
    former = followed_by(follower.verifier)
    old_key = change_keys(former.key)
    sign_all()
    return Succeeded(former=former.checkpoint, key=follower.verifier, old_key=old_key)


def _close(follower: VerifierKey, *, reason: str, by: Member) -> None:
    """Let the old log name the new one, sign that, and ask the witnesses once more."""
    installation_signer()
    if not Deed.objects.filter(verb=VERB, public__successor=follower.text).exists():
        with transaction.atomic(durable=True):
            succeed_log(by=by, former=ended(), successor=follower, reason=reason, begins=False)
    sign_all()
    asking = Cosigning()
    asking.round(wait_s=WITNESSES_S)
    asking.end()
