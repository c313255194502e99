"""A plain endpoint with one unique insert: Django, one view, no middleware, on the site's server.

    python bench/plain_insert.py PORT PROCESSES      # DATABASE_URL names the database

The peer of `bench/ballots.py`: what any web application at the same server has to do for a vote.
"""

import os
import sys
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

THREADS = 8  # as those of the site


def insert(request: HttpRequest) -> HttpResponse:
    """Take what somebody said, once."""
    with connection.cursor() as cursor:
        try:
            said = request.POST["said"].encode()
            cursor.execute("INSERT INTO bare VALUES (%s, %s)", [request.POST["who"], said])
        except IntegrityError:
            return HttpResponse("again", status=409)
    return HttpResponse("taken")


urlpatterns = [path("insert", insert)]


def application_for(address: str) -> object:
    """The smallest Django there is, with a connection that each thread keeps."""
    parts = urlsplit(address)
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        MIDDLEWARE=[],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.strip("/"),
                "USER": parts.username,
                "HOST": parse_qs(parts.query)["host"][0],
                "CONN_MAX_AGE": None,
            }
        },
    )
    return get_wsgi_application()


def main() -> None:
    port, processes = (int(given) for given in sys.argv[1:])
    Granian(
        "plain_insert:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        runtime_blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
else:
    application = application_for(os.environ["DATABASE_URL"])
