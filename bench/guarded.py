"""The peer of bench/charter.py: the same rows with a permission a row, by django-guardian.

    python bench/guarded.py DATABASE_URL ROWS ROUNDS

A small Django project of its own, in a schema of its own; prints its medians as JSON.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

SCHEMA = "guarded"


def main() -> None:
    address, rows, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    configure(address)
    print(json.dumps(measured(rows, rounds)))


def configure(address: str) -> None:
    parts = urlsplit(address)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "guardian"],
        AUTHENTICATION_BACKENDS=["guardian.backends.ObjectPermissionBackend"],
        ANONYMOUS_USER_NAME=None,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.lstrip("/"),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(host),
                "PORT": parts.port or "",
                "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
            }
        },
    )
    django.setup()


def measured(rows: int, rounds: int) -> dict[str, float]:
    group, user = (
        import_string(f"django.contrib.auth.models.{name}") for name in ("Group", "User")
    )
    listed_for = import_string("guardian.shortcuts.get_objects_for_user")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    call_command("migrate", verbosity=0)
    group.objects.bulk_create(group(name=f"row {at}") for at in range(rows))
    reader = user.objects.create(username="reader")
    import_string("guardian.shortcuts.assign_perm")("auth.view_group", reader, group.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one = group.objects.first()

    def decision() -> bool:
        return user.objects.get(pk=reader.pk).has_perm("auth.view_group", one)

    assert decision()
    listed = median(lambda: listed_for(reader, "auth.view_group").count(), rounds)
    return {"list_ms": listed, "decision_ms": median(decision, rounds * 10)}


def median(task: Callable[[], object], rounds: int) -> float:
    """The median of a task in milliseconds."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        task()
        times.append(time.perf_counter() - before)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
