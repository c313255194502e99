"""Jobs of the cycle, by the business date; twice is like once."""

from datetime import date

from procrastinate.contrib.django import app

from gongzhi.core.monitoring.consequences import ConsequenceKind
from gongzhi.cycle.actions.alerts import disclose_alert, open_alert, propose_suspension
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.alerts_due import alerts_to_open, consequences, unfinished
from gongzhi.cycle.models import DELIVERING, Alert, PurposeSum, Watched
from gongzhi.cycle.watching import years_watched
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring

# Deeds after which what was seen is no longer what there is: they bring what `followed` asks for.
# A grant isn't among them, for nothing watched is made from grants; its money comes in by files.
CHANGING = (
    *DELIVERING,
    "add_reading",
    "correct_reading",
    "settle_readings",
    "submit_readings",
    "approve_goals",
    "approve_budget",
    "describe_project",
    "record_budget_act",
)

UNANSWERED = ("open", "unanswered")


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="follow_projects", lock="follow_projects")
def follow_projects(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every five minutes: see all projects anew if anything changed, then what follows from it."""
    today = business_date()
    watch_what_changed(today)
    follow_up(today)


def watch_what_changed(today: date) -> None:
    """See all projects of the years under way, unless that was done since the last change.

    A year that is over is seen anew when a file brings facts of it: before the others, whose
    forecasts rest on it. An installation from before sums were kept sees every year anew.
    """
    under_way = years_watched(today, load_monitoring(USUAL))
    unsummed = _years_unsummed()
    for year in sorted((_years_told() | unsummed) - {*under_way}):
        if year < today.year and (year in unsummed or _is_behind(year)):
            watch_projects(year=year)
    for year in under_way:
        if year in unsummed or _is_stale(year, today):
            watch_projects(year=year)


def follow_up(today: date) -> None:
    """Open the alerts that are due, and let happen what the rules order of themselves."""
    for due in alerts_to_open(today):
        open_alert(due=due)
    rows = {str(row.pk): row for row in unfinished(Alert.objects.with_facts())}
    for each, rules in consequences(list(rows.values()), today=today):
        row = rows[each.alert]
        if each.kind is ConsequenceKind.SUSPENSION:
            propose_suspension(alert=row)
        is_late = each.kind is not ConsequenceKind.VISIT and row.stage in UNANSWERED
        if is_late and rules.clocks.publishes_late and row.label == "internal":
            disclose_alert(alert=row)


def _years_told() -> set[int]:
    """The years that files brought facts of."""
    told = Deed.objects.filter(verb__in=DELIVERING, public__has_key="years")
    lists = told.order_by().values_list("public__years", flat=True).distinct()
    return {year for years in lists for year in years}


def _years_unsummed() -> set[int]:
    """The years that were seen before all of today's sums were kept of them."""
    seen = Watched.objects.order_by().values_list("fiscal_year", flat=True)
    summed = PurposeSum.objects.filter(department__isnull=False).values("fiscal_year")
    return set(seen.exclude(fiscal_year__in=summed).distinct())


def _is_behind(year: int) -> bool:
    """Whether facts of the year came since its projects were seen."""
    seen = Deed.objects.filter(verb="watch_projects", public__year=year).order_by("id").last()
    after = 0 if seen is None else seen.pk
    came = Deed.objects.filter(verb__in=DELIVERING, id__gt=after, public__years__contains=year)
    return came.exists()


def _is_stale(year: int, today: date) -> bool:
    """Whether a day has begun, or something was brought in, since all was seen last."""
    seen = Deed.objects.filter(verb="watch_projects", public__year=year).order_by("id").last()
    if seen is None or seen.business_date < today:
        return True
    return Deed.objects.filter(verb__in=CHANGING, id__gt=seen.pk).exists()
