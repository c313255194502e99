"""A step of the thing in an address: read the thing, do what the form asks, show it again."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import take
from gongzhi.web.readable import readable_thing


def step_on(
    request: MemberRequest,
    kind: str,
    identifier: UUID,
    filled: forms.Form,
    deed: Callable[[Any, Mapping[str, Any]], object],
    *,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Do a deed with a thing of a kind and what the form carries, and go back to the thing.

    What doesn't suit leads back to its form: `page` shows the thing again with the faults. The
    thing's own route has the name of its kind, with hyphens. What may not be read is 404.
    """
    row = readable_thing(request, kind, identifier)
    return step_from(request, row, filled, deed, page=page, route=kind.replace("_", "-"))


def step_from(
    request: MemberRequest,
    row: Any,
    filled: forms.Form,
    deed: Callable[[Any, Mapping[str, Any]], object],
    *,
    page: Callable[..., HttpResponse],
    route: str,
) -> HttpResponse:
    """The same with a thing that was read already, and the route that shows it again."""
    return take(
        request,
        filled,
        lambda given: deed(row, given),
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: page(request, row, faults=faults),
        then=reverse(route, args=[row.pk]),
    )
