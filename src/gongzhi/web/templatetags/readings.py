"""Template filter: what was read, as a ledger writes it."""

from django import template
from django.utils.translation import gettext as _

from gongzhi.cycle.models import Reading

register = template.Library()


@register.filter
def read_as(reading: Reading | None) -> str:
    """The figure without empty places; else the words, else why there is no value."""
    if reading is None:
        return "—"
    if reading.value is not None:
        return f"{reading.value.normalize():,f}"
    return reading.text or _("没有数值：%(why)s") % {"why": reading.why_none}
