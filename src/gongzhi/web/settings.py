"""Settings of the site; what differs between installations comes from the environment."""

import os
from datetime import date
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from gongzhi.intake.limits import LIMITS
from gongzhi.intake.reaching import networks_in
from gongzhi.rules.sign_in import sign_in_limits
from gongzhi.web.database import database
from gongzhi.web.editions import edition

ROOM = Path(__file__).parent
PACKAGE = ROOM.parent


def secret(name: str) -> str:
    """A secret from the environment, or from the file that NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, "")


# Whether this installation was made by `gongzhi demo`: role switcher, movable date, demo origin.
DEMO = os.environ.get("GONGZHI_DEMO") == "1"
# The key of this installation alone; commands that serve nothing need none.
SECRET_KEY = secret("GONGZHI_SECRET_KEY")
# The key before this one, while what was locked with it is still in use.
SECRET_KEY_FALLBACKS = list(filter(None, [secret("GONGZHI_SECRET_KEY_BEFORE")]))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GONGZHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("GONGZHI_HTTPS") == "1"

# The log's private key: a file of this installation alone, never in the database.
HOME = Path(os.environ.get("GONGZHI_HOME") or Path.home() / ".local" / "share" / "gongzhi")
LOG_KEY_FILE = Path(os.environ.get("GONGZHI_LOG_KEY_FILE") or HOME / "keys" / "log")
# The name of a log that is being founded, such as log.yunhe.example/2026; a demo's says demo.
LOG_ORIGIN = os.environ.get("GONGZHI_LOG_ORIGIN", "")
# Checkpoints are signed at most this often; deeds wait no longer for their proof.
LOG_PUBLISH_PAUSE_S = 1.0
# How long a witness may take to answer, and how long after which a missing quorum is told.
LOG_WITNESS_WAIT_S = 2.0
LOG_QUORUM_LATE_S = 10.0
# How old a cosignature of the newest checkpoint gets before its witness is asked for a fresh one.
LOG_COSIGN_AGAIN_S = 3600.0
# Where the worker publishes the log as files after each checkpoint: a folder or s3://…; or nowhere.
LOG_EXPORT = os.environ.get("GONGZHI_LEDGER_EXPORT", "")

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
    "gongzhi.forum",
    "gongzhi.web",
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///gongzhi"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LIMITS_OF_SIGN_IN = sign_in_limits(on=date.today())  # noqa: DTZ011 - before the time zone is known
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": LIMITS_OF_SIGN_IN.password_characters_min}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = LIMITS_OF_SIGN_IN.reset_link_minutes * 60
# Guessing is slowed down without locking anybody out for ever (parties/guessing.py).
AXES_HANDLER = "gongzhi.parties.guessing.Guard"
AXES_FAILURE_LIMIT = "gongzhi.parties.guessing.failure_limit"
AXES_COOLOFF_TIME = "gongzhi.parties.guessing.pause"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "gongzhi.web.limits.neighbourhood"
AXES_LOCKOUT_CALLABLE = "gongzhi.web.pages.refusals.locked"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when and from where is nobody's to keep
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "answer", "csrfmiddlewaretoken"]
# Sessions know whose they are, and end (parties/session_life.py).
SESSION_ENGINE = "gongzhi.parties.sessions"
SESSION_COOKIE_AGE = LIMITS_OF_SIGN_IN.session_hours * 3600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "words" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# A demo has addresses of its own beside those of the site, and a bar above every page.
ROOT_URLCONF = "gongzhi.city.pages.urls" if DEMO else "gongzhi.web.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongzhi.web.gates.RequestGate",
    "gongzhi.web.gates.SameForAll",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongzhi.parties.session_life.SessionLife",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongzhi.parties.middleware.MemberMiddleware",
    "gongzhi.web.gates.FaultGate",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOM / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongzhi.web.frame.frame",
                "gongzhi.web.counts.counts",
                "gongzhi.web.here.rights_here",
                *(["gongzhi.city.pages.bar.bar"] if DEMO else []),
                "gongzhi.web.saved_views.saved_views",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gongzhi.web.templatetags.words",
                "gongzhi.web.templatetags.seals",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Messages stand in a signed cookie, so that a visitor without an account needs no session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# The address of static files changes with their content, so browsers may keep them for a year.
STATIC_URL = f"/static/{edition(ROOM / 'static')}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"

# Counters of the rate limits; shared by all processes of the site.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_counters",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# A proxy in front names the visitor's address here (X-Real-IP, say); unset, nobody is believed.
PEER_HEADER = os.environ.get("GONGZHI_PEER_HEADER", "")
# Who names a proxy trusts it to say, and to overwrite, how the visitor came to it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PEER_HEADER else None
# Uploads stay in memory, so that nothing of them ever touches the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LIMITS.file_bytes_max + 2**20  # and the names around the files
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 100
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2400  # sixty indicators, each with a plan by month

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gongzhi.web.pages.refusals.without_token"
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 31_536_000
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# The ways out: a mail server and a gateway for text messages; a demo keeps all in its inbox.
EMAIL_HOST = os.environ.get("GONGZHI_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GONGZHI_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("GONGZHI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = secret("GONGZHI_MAIL_PASSWORD")
EMAIL_USE_SSL = os.environ.get("GONGZHI_MAIL_TLS", "start") == "at-once"
EMAIL_USE_TLS = os.environ.get("GONGZHI_MAIL_TLS", "start") == "start"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("GONGZHI_MAIL_FROM", "gongzhi@localhost")
SMS_URL = os.environ.get("GONGZHI_SMS_URL", "")
SMS_TOKEN = secret("GONGZHI_SMS_TOKEN")
SMS_CA = os.environ.get("GONGZHI_SMS_CA", "")  # the authority of a gateway on a closed network
SMS_TIMEOUT_S = 10
if SMS_URL and not SMS_URL.startswith("https://"):
    raise ImproperlyConfigured("GONGZHI_SMS_URL must begin with https://")
# The identity provider by which people may sign in (OpenID Connect); https, or on this machine.
OIDC = {
    "issuer": os.environ.get("GONGZHI_OIDC_ISSUER", ""),
    "client": os.environ.get("GONGZHI_OIDC_CLIENT", ""),
    "secret": secret("GONGZHI_OIDC_SECRET"),
    "name": os.environ.get("GONGZHI_OIDC_NAME", ""),
    "verifies": os.environ.get("GONGZHI_OIDC_VERIFIES") == "1",
}
OIDC_CA = os.environ.get("GONGZHI_OIDC_CA", "")  # the authority of a provider on a closed network
if OIDC["issuer"] and not str(OIDC["issuer"]).startswith(("https://", "http://127.0.0.1:")):
    raise ImproperlyConfigured("GONGZHI_OIDC_ISSUER must begin with https://")
if OIDC["issuer"] and not (OIDC["client"] and OIDC["secret"]):
    raise ImproperlyConfigured("GONGZHI_OIDC_CLIENT and GONGZHI_OIDC_SECRET must be set")
MESSAGE_PROVIDERS = {
    "email": "inbox" if DEMO else "smtp" if EMAIL_HOST else "",
    "sms": "inbox" if DEMO else "webhook" if SMS_URL else "",
}

# Addresses that organisations register to be told by program: only public ones, unless a network of
# one's own is named here, such as 10.20.0.0/16 for receivers on a closed network.
HOOK_NETWORKS = networks_in(os.environ.get("GONGZHI_HOOK_NETWORKS", ""))
HOOK_CA = os.environ.get("GONGZHI_HOOK_CA", "")
HOOK_TIMEOUT_S = 10

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"

# Faults of the program go to standard error with their trace; what visitors ask for does not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"faults": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {
        "django": {"handlers": ["faults"], "level": "INFO"},
        "axes": {"level": "ERROR"},  # its warnings name accounts and addresses
        "fido2": {"level": "ERROR"},  # it logs the identifiers of keys
    },
}
