"""The form of a deed as a page shows it, made from the form that its address takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.urls import resolve

from gongzhi.core.terms import Said
from gongzhi.web.filled import Fault
from gongzhi.web.here import Permitted

LONG = 300  # above so many characters a text has several lines
Choices = Sequence[tuple[object, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field: its name, what it is called, how it is filled in, with what, what is wrong."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    most: int | None
    choices: Choices
    value: str
    fault: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedForm:
    """A deed that may be done here, where it is sent, with its fields; named apart by its tail.

    `sent`: it has just been sent and didn't suit.
    """

    deed: Permitted
    address: str
    tail: str
    fields: Sequence[ShownField]
    hidden: Mapping[str, object]
    sent: bool

    @property
    def id(self) -> str:
        """The anchor of the form, with which the ids of its fields begin."""
        return f"{self.deed.verb}-{self.tail}" if self.tail else self.deed.verb


def deed_form(
    request: HttpRequest,
    deed: Permitted | None,
    form: type[forms.Form],
    *,
    address: str,
    tail: str = "",
    choices: Mapping[str, Choices] | None = None,
    hidden: Mapping[str, object] | None = None,
    values: Mapping[str, object] | None = None,
    faults: Mapping[str, Said] | None = None,
) -> DeedForm | None:
    """The form of a deed; none where the deed may not be done, or where there is nothing to choose.

    `choices` are for fields whose values a page knows, `hidden` what it states itself, `values`
    what stands in the fields before anybody wrote; what was sent and didn't suit stands there
    again, with its `faults` where the page hands them on.
    """
    if deed is None or not all((choices or {"": [("", "")]}).values()):
        return None
    kept = hidden or {}
    sent = _sent(request, address, hidden=kept)
    wrong = {} if sent is None or faults is None else faults
    before = {} if values is None else {name: str(value) for name, value in values.items()}
    shown = [
        _field(
            name,
            field,
            choices=(choices or {}).get(name),
            value=(before if sent is None else sent).get(name, ""),
            fault=wrong.get(name),
        )
        for name, field in form.base_fields.items()
        if name != "key" and name not in kept
    ]
    return DeedForm(
        deed=deed, address=address, tail=tail, fields=shown, hidden=kept, sent=sent is not None
    )


def _sent(
    request: HttpRequest, address: str, *, hidden: Mapping[str, object]
) -> Mapping[str, str] | None:
    """What was sent, if it was this very form."""
    is_same = request.method == "POST" and request.path == address
    if not is_same or any(request.POST.get(name) != str(v) for name, v in hidden.items()):
        return None
    return request.POST.dict()


def _field(
    name: str, field: forms.Field, *, choices: Choices | None, value: str, fault: Said | None
) -> ShownField:
    most = getattr(field, "max_length", None)
    return ShownField(
        name=name,
        label=str(field.label or name),
        hint=str(field.help_text or ""),
        kind=_kind(field, choices=choices),
        required=field.required,
        most=most,
        choices=choices or tuple(getattr(field, "choices", ())),
        value=value,
        fault=fault,
    )


def _kind(field: forms.Field, *, choices: Choices | None) -> str:
    match field:
        case _ if choices is not None:
            return "select"
        case forms.BooleanField():
            return "check"
        case forms.ChoiceField():
            return "radio"
        case forms.DateField():
            return "date"
        case forms.IntegerField():  # and decimals
            return "number"
        case forms.CharField() if (field.max_length or 0) > LONG:
            return "area"
    return "text"


def sent_form(request: HttpRequest) -> str:
    """The verb whose form was sent here; empty where the page is only read."""
    return (resolve(request.path).url_name or "") if request.method == "POST" else ""


def faults_sent(
    request: HttpRequest,
    faults: Mapping[str, Said] | None,
    *,
    beside: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What didn't suit, each leading to its field of the form that was sent, or to the form.

    `beside`: of verbs whose forms stand several times on a page, the field that tells them apart.
    """
    verb = sent_form(request)
    tail = request.POST.get(beside[verb], "") if beside and verb in beside else ""
    form = f"{verb}-{tail}" if tail else verb
    return [
        Fault(what=said, field=f"{form}-{name}" if name else form)
        for name, said in (faults or {}).items()
    ]
