"""The one settings file: everything an installation may choose comes from the environment, with safe defaults.

`MIMER_DATABASE_URL`  sqlite:///path or postgres://user:password@host:port/name (default: SQLite in the data folder)
`MIMER_DATA_DIR`      SQLite, uploads and keys (default: var/ in the project)
`MIMER_URL`           the address citizens see, for links in letters (default: http://127.0.0.1:PORT)
`MIMER_ALLOWED_HOSTS` host names, comma separated (default: this machine only)
`MIMER_EMAIL_URL`     smtp://user:password@host:port, smtps:// or smtp+tls:// (default: none; messages wait and say so)
`MIMER_EMAIL_FROM`    sender's address
`MIMER_SMS`           who sends SMS: `silent` for trials, takes all and sends none (default: none; other ways are taken)
`MIMER_TIME_ZONE`     default Europe/Istanbul
`MIMER_TRUST_PROXY`   1 behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto
`MIMER_RATE_LIMITS`   0 lifts the limits on public forms, for measuring only
`MIMER_LISTEN`        address the web server listens on (default: 127.0.0.1; its port is `PORT`, default 8000)
`MIMER_WEB_WORKERS`   web processes of four threads each (default: 1 on SQLite, one per core up to 4 on PostgreSQL)
`MIMER_SECRET_KEY`, `MIMER_IDENTITY_KEYS`, `MIMER_BLIND_INDEX_KEY`
                      secrets, when a vault hands them in (default: files in the data folder, made once)
`MIMER_DEBUG`         1 for development only
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mimer.keys import read_or_make_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("MIMER_DATA_DIR") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = os.environ.get("MIMER_DEBUG") == "1"
SECRET_KEY = read_or_make_key(DATA_DIR, "session", "MIMER_SECRET_KEY")
IDENTITY_KEYS = read_or_make_key(DATA_DIR, "identity", "MIMER_IDENTITY_KEYS").split(",")
BLIND_INDEX_KEY = read_or_make_key(DATA_DIR, "blind-index", "MIMER_BLIND_INDEX_KEY")

PUBLIC_URL = os.environ.get("MIMER_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [name for name in os.environ.get("MIMER_ALLOWED_HOSTS", "").split(",") if name] or sorted(
    {"localhost", "127.0.0.1", "[::1]", _public.hostname or "localhost"}
)
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
HTTPS = _public.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "mimer.jobs",
    "mimer.municipality",
    "mimer.people",
    "mimer.knowledge",
    "mimer.cases",
    "mimer.notify",
    "mimer.intake",
    "mimer.insight",
    "mimer.privacy",
    "mimer.api",
    "mimer.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mimer.urls"
WSGI_APPLICATION = "mimer.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Both packages would set the loaders by themselves, each taking the place of the other: so here they stand.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mimer.web.context.house",
            ],
        },
    },
]


def read_database_url(url: str) -> dict[str, object]:
    """Django's settings of the database an address names; raises ValueError for an address of another kind."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "mimer.sqlite",
            "NAME": unquote(parts.path if parts.path.startswith("//") else parts.path[1:])
            or str(DATA_DIR / "mimer.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; "
                "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;",
            },
            "CONN_MAX_AGE": None,
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or None,
            "PORT": parts.port or None,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
        }
    raise ValueError(f"MIMER_DATABASE_URL must begin with sqlite:/// or postgres://, not {parts.scheme or url!r}")


DATABASES = {
    "default": read_database_url(os.environ.get("MIMER_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'mimer.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "municipality.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "mimer.web.account.adapter.StaffAdapter"
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Counted in mimer.web.limits instead, for all processes at once.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": None}
PASSWORD_RESET_TIMEOUT = 3600
MFA_ADAPTER = "mimer.web.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator wrote the address
MFA_TOTP_ISSUER = "MİMER"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
LOGIN_URL = "/giris/"
LOGIN_REDIRECT_URL = "/is/"
LOGOUT_REDIRECT_URL = "/giris/"
# Eight wrong passwords for one account from one address close it to that address for a quarter of an hour.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "mimer.web.account.lock.locked_out"
AXES_CLIENT_IP_CALLABLE = "mimer.web.account.lock.address_of"
AXES_DISABLE_ACCESS_LOG = True  # nobody reads it and nothing would ever empty it

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "mimer" / "locale"]
LANGUAGE_COOKIE_NAME = "dil"
TIME_ZONE = os.environ.get("MIMER_TIME_ZONE") or "Europe/Istanbul"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "uploads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "uploads"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MAX_BYTES = 15_000_000
UPLOAD_MAX_FILES = 6

SESSION_COOKIE_NAME = "mimer"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether the municipality's other hosts speak HTTPS is not ours to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
RATE_LIMITS = os.environ.get("MIMER_RATE_LIMITS") != "0"
TRUST_PROXY = os.environ.get("MIMER_TRUST_PROXY") == "1"
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
PERMISSIONS_POLICY = {"geolocation": ["self"], "camera": [], "microphone": [], "payment": [], "usb": []}

EMAIL_URL = os.environ.get("MIMER_EMAIL_URL", "")
EMAIL_FROM = os.environ.get("MIMER_EMAIL_FROM") or "mimer@localhost"
SMS_SENDER = os.environ.get("MIMER_SMS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"mimer": {"level": "INFO"}},
}
