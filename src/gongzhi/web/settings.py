"""Settings of the site; what differs between installations comes from the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOM = Path(__file__).parent
PACKAGE = ROOM.parent


def database(url: str) -> dict[str, object]:
    """Django's settings for a postgresql:// address; a socket folder stands in ?host=."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "gongzhi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# Whether this installation was made by `gongzhi demo`: role switcher, movable date, demo origin.
DEMO = os.environ.get("GONGZHI_DEMO") == "1"
# The site sets the key of its installation; commands that serve nothing need none.
SECRET_KEY = os.environ.get("GONGZHI_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GONGZHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("GONGZHI_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "gongzhi.trust",
    "gongzhi.parties",
    "gongzhi.desk",
    "gongzhi.cycle",
    "gongzhi.web",
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///gongzhi"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Person"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "words" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
