"""Security keys and the locks of telephones and laptops (WebAuthn), by Yubico's fido2.

The browser signs our challenge together with the address it sees; so a page elsewhere that
looks like ours gets nothing it could use.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from gongzhi.parties.factors import Factor, FactorKind, keep_factor
from gongzhi.parties.models import Person
from gongzhi.parties.ringing import ring

ANSWER_MAX = 20_000  # characters of what a browser sends back
Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as browsers know it: its name, its host, and the address that they see."""

    name: str
    host: str
    origin: str

    def server(self) -> Fido2Server:
        """The other side of the browser; it believes answers given to this very address."""
        party = PublicKeyCredentialRpEntity(name=self.name, id=self.host)
        return Fido2Server(party, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What the browser is asked (as JSON), and what must be remembered until it answers."""

    options: str
    state: Mapping[str, Any]


def ask_for_new_key(site: Site, person: Person) -> Challenge:
    """Ask the browser to make a key for this person; keys already known are left out."""
    options, state = site.server().register_begin(
        PublicKeyCredentialUserEntity(
            id=person.pk.bytes, name=person.username, display_name=person.name
        ),
        credentials=_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Challenge(options=json.dumps(dict(options.public_key)), state=state)


def ask_for_key(site: Site, person: Person) -> Challenge | None:
    """Ask the browser for one of the person's keys; None if there is none."""
    credentials = _credentials(person)
    if not credentials:
        return None
    options, state = site.server().authenticate_begin(
        credentials, user_verification=UserVerificationRequirement.PREFERRED
    )
    return Challenge(options=json.dumps(dict(options.public_key)), state=state)


def add_key(
    site: Site, person: Person, *, name: str, state: Mapping[str, Any], answer: str
) -> Factor | None:
    """Keep the key that the browser made; None if its answer is no good or there's no room."""
    given = _parsed(answer)
    try:
        made = site.server().register_complete(dict(state), given)
    except (ValueError, TypeError, KeyError):
        return None
    assert made.credential_data is not None, "a registration has its credential"
    if Factor.objects.filter(credential=made.credential_data.credential_id).exists():
        return None
    factor = Factor(
        person=person,
        kind=FactorKind.SECURITY_KEY,
        name=name,
        credential=made.credential_data.credential_id,
        counter=made.counter,
        created_at=timezone.now(),
    )
    factor.put_in(base64.b64encode(bytes(made.credential_data)).decode())
    return factor if keep_factor(factor) else None


def use_key(site: Site, person: Person, *, state: Mapping[str, Any], answer: str) -> Factor | None:
    """The key that signed the challenge, if its signature holds and it isn't a copy."""
    given = _parsed(answer)
    try:
        used = site.server().authenticate_complete(dict(state), _credentials(person), given)
        counter = AuthenticationResponse.from_dict(given).response.authenticator_data.counter
    except (ValueError, TypeError, KeyError):
        return None
    with transaction.atomic():
        own = Factor.objects.of(person).select_for_update()
        factor: Factor = own.get(credential=used.credential_id)
        # A counter that doesn't grow was copied (WebAuthn, 7.2); keys that keep none say zero.
        if counter and counter <= factor.counter:
            ring("copied_key", about=str(factor.pk), person=person)
            return None
        factor.note_used(counter=counter, at=timezone.now())
        factor.save()
    return factor


def _credentials(person: Person) -> list[AttestedCredentialData]:
    own = Factor.objects.of(person, kind=FactorKind.SECURITY_KEY)
    return [AttestedCredentialData(base64.b64decode(key.taken_out())) for key in own]


def _parsed(answer: str) -> Answer:
    """The browser's answer; what isn't one fails like a wrong one."""
    try:
        parsed = json.loads(answer[:ANSWER_MAX])
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
