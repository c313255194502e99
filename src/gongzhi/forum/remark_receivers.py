"""To whom a remark goes: to the unit of the project it is about, else to the finance bureau."""

from datetime import date

from gongzhi.cycle.models import Project
from gongzhi.parties.models import Office, Organisation

BUDGET = "budget"


def receiver_of(project: Project | None, *, on: date) -> Organisation | None:
    """Who receives; None where no finance bureau is at work yet."""
    return project.unit if project is not None else _finance_bureau(on=on)


def _finance_bureau(*, on: date) -> Organisation | None:
    """The government body with a budget office, that of the widest region first."""
    offices = Office.objects.held(on=on).filter(roles__contains=[BUDGET])
    bureaus = Organisation.objects.filter(
        kind=Organisation.Kind.GOVERNMENT, pk__in=offices.values("organisation")
    ).select_related("region")
    return min(bureaus, key=lambda each: (len(each.region.ancestors), each.code), default=None)
