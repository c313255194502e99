"""Who takes part in a benchmark: a bureau that put the rules in force, and its budget officer."""

import time
from datetime import date

from django.utils.module_loading import import_string

from gongzhi.core.charter import SYSTEM

DEEDS = "gongzhi.parties.actions"


def founded() -> object:
    """An installation with a bureau that has put all parts of the rules in force."""
    import_string(f"{DEEDS}.charter.take_up_model_text")(by=SYSTEM)
    register = import_string(f"{DEEDS}.setting_up.register_organisation")
    region = import_string(f"{DEEDS}.setting_up.register_region")(
        by=SYSTEM, code="990100", name="某市"
    )
    bureau = register(by=SYSTEM, region=region, code="1", name="某局", kind="government")
    person = import_string(f"{DEEDS}.setting_up.register_person")(
        by=SYSTEM, username="issuer", name="某人", organisation=bureau
    )
    since = import_string("gongzhi.parties.business_date.business_date")()
    office = import_string(f"{DEEDS}.offices.assign_office")(
        by=SYSTEM,
        person=person,
        organisation=bureau,
        title="签发岗",
        roles=["issuer"],
        since_on=since,
    )
    issuer = import_string("gongzhi.parties.members.member_in")(
        office, second_factor=True, fresh=True
    )
    for part in import_string("gongzhi.parties.adoption.part_states_today")().values():
        if part.stage == "model":
            import_string(f"{DEEDS}.charter.adopt_part")(
                by=issuer, part=part, authority="某市", document_number="1", in_force_from=since
            )
    return bureau


def budget_officer(bureau: object, *, since: date) -> object:
    """Somebody who decides on the region's budget, and reads of it what isn't published too."""
    person = import_string(f"{DEEDS}.setting_up.register_person")(
        by=SYSTEM, username="budget", name="某人", organisation=bureau
    )
    import_string(f"{DEEDS}.offices.assign_office")(
        by=SYSTEM, person=person, organisation=bureau, title="预算岗", roles=["budget"],
        since_on=since,
    )  # fmt: skip
    return person


def signed_in(person: object) -> object:
    """A client in which somebody has just shown the second factor."""
    client = import_string("django.test.Client")(SERVER_NAME="localhost")
    client.force_login(person)
    now = time.time()
    session = client.session
    session[import_string("gongzhi.parties.sign_in.SHOWN")] = {
        "began": now, "seen": now, "last": now, "factor": "time_code",
    }  # fmt: skip
    session.save()
    return client
