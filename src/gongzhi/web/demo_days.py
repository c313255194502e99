"""On which day a demo is, and to which it is on its way."""

from procrastinate.contrib.django.models import ProcrastinateJob

LIVING = "live_until"  # the city's job, by its name


def going_to() -> str:
    """The day that the demo is on its way to; nothing while it stands still."""
    jobs = ProcrastinateJob.objects.filter(task_name=LIVING, status__in=["todo", "doing"])
    job = jobs.order_by("-id").first()
    return str(job.args.get("day", "")) if job else ""
