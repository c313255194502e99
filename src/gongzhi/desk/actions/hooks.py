"""Registering an address that is told by program, and retiring it."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from gongzhi.core.charter import Member
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.terms import Said
from gongzhi.desk.hook_secrets import locked_secret
from gongzhi.desk.models import Hook
from gongzhi.intake.reaching import why_no_hook
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable

SECRET_BYTES = 32
MARK = "whsec_"  # as Standard Webhooks calls such a secret
HOOKS_MAX = 5
SAME = Said("这个地址已经在接收")
MANY = Said("一个单位最多 {most} 个地址，请先停用一个", {"most": HOOKS_MAX})


def register_hook(
    *, by: Member, organisation: Organisation, address: str, key: str | None = None
) -> tuple[Hook, str]:
    """Want an address to be told; the secret is given once, and never shown again."""
    hook = Hook(organisation=organisation, address=address.strip())
    with act(by, "register_hook", on=hook.thing(), key=key) as record:
        problem = why_no_hook(hook.address, ports_free=bool(settings.HOOK_NETWORKS))
        listening = organisation.hooks.filter(stage=Hook.Stage.LISTENING)
        if problem is None and listening.count() >= HOOKS_MAX:
            problem = MANY
        if problem is not None:
            raise Unsuitable({"address": problem})
        secret = secrets.token_bytes(SECRET_BYTES)
        hook.locked_secret = locked_secret(hook, secret)
        hook.registered_on = record.business_date
        try:
            with transaction.atomic():
                hook.save(force_insert=True)
        except IntegrityError:
            raise Unsuitable({"address": SAME}) from None
        record["hook"] = str(hook.pk)
        record.private("address", hook.address)
    return hook, f"{MARK}{write_base64(secret)}"


def retire_hook(*, by: Member, hook: Hook, key: str | None = None) -> Hook:
    """Want it to be told no more; what still waits isn't sent."""
    with act(by, "retire_hook", on=hook, key=key) as record:
        hook.stage, hook.retired_on = Hook.Stage.RETIRED, record.business_date
        hook.save(update_fields=["stage", "retired_on"])
    return hook
