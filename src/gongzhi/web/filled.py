"""What somebody filled in, and what is wrong with it, for all forms that use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.terms import Said
from gongzhi.parties.deeds import AlreadyDone

KEY_MAX = 100
REASON_MAX = 500
EMPTY_OR_WRONG = Said("没有填，或者填得不对")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What kept a form from being taken: what, and in which field."""

    what: Said
    field: str
    hint: Said | None = None


class ReasonForm(forms.Form):
    """A deed that wants a reason."""

    key = forms.CharField(max_length=KEY_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


class KeyForm(forms.Form):
    """A deed that wants nothing more."""

    key = forms.CharField(max_length=KEY_MAX)


def faults_of(filled: forms.Form) -> Mapping[str, Said]:
    """The fields that were empty or wrong."""
    return {str(field): EMPTY_OR_WRONG for field in filled.errors}


def shown(faults: Mapping[str, Said]) -> list[Fault]:
    """Faults as the summary above a form shows them."""
    return [Fault(what=said, field=field) for field, said in faults.items()]


def do_once(request: HttpRequest, deed: Callable[[], object], *, done: str) -> None:
    """Do a deed and say so; sent a second time, say that it stands."""
    try:
        deed()
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    else:
        messages.success(request, done, extra_tags="kept")
