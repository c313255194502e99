"""The settings that keep visitors safe (QUALITY S26, S28, S33, S37)."""

import os
import subprocess
import sys

from django.conf import settings

SOURCES = ("'none'", "'self'")


def checked(*, environment: dict[str, str]) -> str:
    """What `check --deploy` says to an installation with that environment."""
    plain = {name: value for name, value in os.environ.items() if "GONGZHI" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=plain | {"DJANGO_SETTINGS_MODULE": "gongzhi.web.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_s26_a_deployment_has_nothing_to_be_warned_of():
    said = checked(
        environment={
            "GONGZHI_HTTPS": "1",
            "GONGZHI_SECRET_KEY": "y7J2-kWq0vXr9LmZ4tBn8pHs3cDf6gUe1aRi5oTxQwEzYbNjKl",
            "GONGZHI_HOSTS": "budget.example.org",
        }
    )
    assert said == "System check identified no issues (0 silenced).\n"


def test_s28_there_is_no_secret_in_the_code():
    environment = {name: value for name, value in os.environ.items() if "SECRET" not in name}
    command = "from gongzhi.web import settings; print(repr(settings.SECRET_KEY))"
    said = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout == "''\n"


def test_s33_the_content_policy_allows_nothing_inline_and_nobody_else():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    allowed = {str(source) for sources in directives.values() for source in sources}
    assert {source for source in allowed if "nonce" not in source.lower()} <= set(SOURCES)


def test_s26_cookies_are_for_this_site_and_not_for_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} <= {"Lax", "Strict"}


def test_s37_no_header_is_believed_unless_the_installation_names_it():
    assert settings.PEER_HEADER == ""
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not settings.USE_X_FORWARDED_HOST
    assert not settings.USE_X_FORWARDED_PORT
