"""What is wrong with the forms of the charter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A field that can't be taken: which, what is wrong, what to do."""

    field: str
    what: str
    hint: str


def wrong_in(form: forms.Form, *, labels: Mapping[str, str]) -> tuple[Wrong, ...]:
    """What is wrong with a form, field by field, in the order in which they are filled in."""
    return tuple(_wrong(form, labels))


def _wrong(form: forms.Form, labels: Mapping[str, str]) -> Iterator[Wrong]:
    for field, errors in form.errors.as_data().items():
        label = labels.get(field, field)
        if errors[0].code == "required":
            what, hint = _("没有写：%(label)s"), _("写上再提交。")
        elif errors[0].code == "max_length":
            what, hint = _("写得太长：%(label)s"), _("写短一些再提交。")
        else:
            what, hint = _("看不懂：%(label)s"), _("日期写作“2026-03-01”，选项只选页面上有的。")
        yield Wrong(field=field, what=what % {"label": label}, hint=hint)
