"""The demo's five witnesses, of parties that are to check each other, all on this one machine.

They show how witnessing works and prove nothing: whoever has the machine has all of their keys.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from gongzhi.city.growing import STORY
from gongzhi.core.charter import Member
from gongzhi.parties.actions.witnesses import admit_witness, move_witness, set_quorum
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office, Organisation
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.witnesses import Candidate, admitted_witnesses
from gongzhi.witness.store import Store, Watched

Entry = Mapping[str, Any]


@transaction.atomic
def settle_witnesses(folder: Path, *, address: str) -> bool:
    """Make the five in a folder if they aren't there, and let the log ask them at an address.

    Admitting them, asking for a quorum and moving them are deeds of the city's issuing office;
    where nobody holds it any more, all stays as it is. Tells whether there are any. Raises
    Refused where the rules don't know such deeds.
    """
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))["witnessing"]
    known = {witness.name: witness.address for witness in admitted_witnesses()}
    issuer = _issuer(story["by"])
    if issuer is None:
        return bool(known)
    for entry in story["witness"]:
        key = _founded(folder / entry["store"], name=entry["name"])
        own = f"{address}/{entry['store']}"
        if not known:
            admit_witness(by=issuer, candidate=_candidate(entry, key=key, address=own))
        elif known.get(entry["name"], own) != own:
            move_witness(by=issuer, name=entry["name"], address=own)
    if not known:
        set_quorum(by=issuer, threshold=story["threshold"])
    return True


def _founded(folder: Path, *, name: str) -> str:
    """The public key of the witness in the folder, which watches this log."""
    store = Store(folder)
    if not (folder / "key").exists():
        store.found(name, (Watched(key=installation_signer().verifier),))
    return store.signer().verifier.text


def _candidate(entry: Entry, *, key: str, address: str) -> Candidate:
    """A witness of an organisation of the city, or of one that takes no other part."""
    organisation = Organisation.objects.filter(code=entry.get("organisation")).first()
    return Candidate(
        key=key,
        operator=entry["operator"],
        organisation=organisation.pk if organisation else None,
        address=address,
    )


def _issuer(code: str) -> Member | None:
    """Whoever holds the city's issuing office; the switcher's people need show no factor."""
    held = Office.objects.held(on=business_date()).with_facts()
    office = held.filter(organisation__code=code, roles__contains=["issuer"]).first()
    return member_in(office, second_factor=True, fresh=True) if office else None
