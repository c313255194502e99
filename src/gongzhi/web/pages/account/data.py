"""What is kept about me: read it, take a copy, ask for it to be erased (clause 8.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.sealed import Sealable
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.forum.own_traces import counted_of
from gongzhi.parties.actions import erasing as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.erasing import VERB as ERASING
from gongzhi.parties.erasing import rows_about, sealed_about
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.factors import limits
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Contact, Factor, Office, Person
from gongzhi.parties.own_words import own_texts
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.sign_in import signed_in
from gongzhi.parties.subject_keys import keys_of, person_subject
from gongzhi.parties.waiting import erasure_waiting
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.order import numbers_of
from gongzhi.web.downloads import as_file
from gongzhi.web.fact_words import fact_of
from gongzhi.web.filled import ReasonForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.places import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    """A value about me that the log only promises: its deed, field and entry."""

    verb: Said
    name: Said
    field: str
    value: str
    index: int | None
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A request of mine, with its clock while it waits."""

    request: Erasure
    clock: Clock | None


@require_safe
@login_required
def my_data(request: MemberRequest) -> HttpResponse:
    """All that is kept about me, and a form to have it erased."""
    return _page(request)


@require_safe
@login_required
def copy(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    person = signed_in(request)
    content: dict[str, Any] = {
        "username": person.username,
        "name": person.name,
        "public_name": person.public_name,
        "organisation": str(person.organisation) if person.organisation else None,
        "contacts": [
            {"channel": str(each.channel), "address": each.address}
            for each in Contact.objects.of(person)
        ],
        "offices": [str(each) for each in Office.objects.visible_to(request.member).of(person)],
        "sealed": [
            {"verb": line.verb.text, "field": line.field, "value": line.value, "entry": line.index}
            for line in _sealed(person)
        ],
    }
    content["said"] = [
        {"kind": each.name.text, "words": each.text} for each in own_texts(person.pk)
    ]
    content["counted"] = counted_of(person)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return as_file(text, name="gongzhi-my-data.json", content_type="application/json")


@require_POST
@login_required
def ask_erasure(request: MemberRequest) -> HttpResponse:
    """Ask for what is kept about me to be erased."""
    person = signed_in(request)
    return take(
        request,
        ReasonForm(request.POST),
        lambda given: actions.ask_erasure(by=request.member, person=person, **given),
        done=_("请求已收到，并写入存证；理由不公开。"),
        page=_page,
        then="my-data",
    )


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    person = signed_in(request)
    asked = Erasure.objects.visible_to(request.member).filter(person=person).with_facts()
    context: dict[str, Any] = {
        "person": person,
        "contacts": Contact.objects.of(person),
        "rest_days": limits().contact_rest_days if _opens_anew(person) else None,
        "factors": Factor.objects.of(person).count(),
        "offices": Office.objects.visible_to(request.member).of(person).with_facts(),
        "sealed": _sealed(person),
        "said": [(each, place_of(each.row)) for each in own_texts(person.pk)],
        "counted": counted_of(person),
        "asked": [_asked(each) for each in asked],
        "deeds": about(request, replace(actions.new_request(person), id=NEW)),
        "due": due_by_clause(ERASING, opened_on=business_date()),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/account/data.html", context, status=422 if faults else 200)


def _opens_anew(person: Person) -> bool:
    """Whether somebody could open another account with what opened theirs."""
    by_contact = Contact.objects.of(person).opening()
    return bool(by_contact.exists() or person.outside_logins.exists())


def _asked(request: Erasure) -> AskedLine:
    if request.stage != Erasure.Stage.WAITING:
        return AskedLine(request=request, clock=None)
    waiting = erasure_waiting(request)
    clock = clock_of(waiting, today=business_date(), calendar=load_calendar())
    return AskedLine(request=request, clock=clock)


def _sealed(person: Person) -> list[SealedLine]:
    """The sealed values about somebody, of entries and of their rows, opened for them."""
    keys = keys_of([person_subject(person.pk)])
    kept = [(row.deed, row.field, _value(row.opened(keys))) for row in sealed_about(person.pk)]
    for row in rows_about(person.pk):
        opened = row.opened(keys)
        private = opened.private if opened else {}
        kept += [(row.deed, field, str(value)) for field, value in private.items()]
    numbers = numbers_of({deed.leaf for deed, _, _ in kept})
    names = charter_in_force().verb_names
    return [
        SealedLine(
            verb=names.get(deed.verb, Said(deed.verb)),
            name=fact_of(field, verb=deed.verb).name,
            field=field,
            value=value,
            index=numbers.get(deed.leaf),
            on=deed.business_date.isoformat(),
        )
        for deed, field, value in kept
    ]


def _value(opened: tuple[bytes, Sealable] | None) -> str:
    return str(opened[1]) if opened else ""
