"""How this site is set up. The environment is read here and nowhere else; `.env.example` says what each name means."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.read("DATA_DIR", "var", lambda value: (BASE_DIR / value).resolve())

# Where we are

DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
SECRET_KEY = env.text("SECRET_KEY", "only-for-development" if DEBUG else None)
BASE_URL = env.text("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
if not urlsplit(BASE_URL).hostname:
    env.stop("BASE_URL is a whole address such as https://askwell.example.")
if DEMO and not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}:
    env.stop("DEMO=1 has well-known passwords: ALLOWED_HOSTS may name only localhost, 127.0.0.1 and [::1].")
HTTPS = BASE_URL.startswith("https:")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "contact@" + str(urlsplit(BASE_URL).hostname))
# Who pays for the articles and what those who write them have to gain; empty: the words that Askwell comes with.
FUNDING = env.text("FUNDING", "")
MINIMUM_AGE = env.number("MINIMUM_AGE", 16)
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA", default=True) and not DEMO
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
WEB_CONCURRENCY = env.number("WEB_CONCURRENCY", 1)

# Rooms

INSTALLED_APPS = [
    "config.apps.AskwellAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "lucide",
    "markdownx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "core",
    "accounts",
    "uploads",
    "search",
    "notifications",
    "articles",
    "forum",
    "moderation",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.keep_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.keep_the_way_back",
    "accounts.middleware.require_second_factor",
    "accounts.middleware.in_own_time_zone",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "core.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES = {
    "default": env.read(
        "DATABASE_URL",
        f"sqlite:///{DATA_DIR / 'askwell.sqlite3'}",
        lambda url: dict(dj_database_url.parse(url, conn_max_age=0)),
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer that begins IMMEDIATE waits its turn; the default mode answers "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A change of a document touches a page for each of its words: copied into the database after 40 MB, not 4.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=10000;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 16, "timeout": 20}
else:
    env.stop("DATABASE_URL begins with sqlite: or postgresql:.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.text("CACHE_URL", "local")
if CACHE_URL == "local":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_FAILURE_VIEW = "core.http.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# No form has more than one; each is held in memory until it is kept or refused.
DATA_UPLOAD_MAX_NUMBER_FILES = 3
FILE_UPLOAD_HANDLERS = ["uploads.receiving.PictureUploadHandler"]

# Files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
# Pictures that may show abuse: outside media and backups, served to nobody, readable by the account of the site alone.
QUARANTINE_DIR = env.read("QUARANTINE_DIR", str(DATA_DIR / "quarantine"), lambda value: (BASE_DIR / value).resolve())
if MEDIA_ROOT == QUARANTINE_DIR or MEDIA_ROOT in QUARANTINE_DIR.parents:
    env.stop("QUARANTINE_DIR lies in the folder of the pictures, which is served and backed up: name another.")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "quarantine": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": QUARANTINE_DIR,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Words and times

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True

# Mail

vars().update(env.mail("EMAIL_URL", f"file://{DATA_DIR / 'mail'}" if DEMO or DEBUG else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Askwell <askwell@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.NewAddressForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmAddressForm",
    "confirm_password_reset_code": "accounts.forms.CodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_DISPLAY = "accounts.models.display"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
# The code is typed where the sign-up began, so what was being written is still there; a mailed link opens elsewhere.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
# Seconds: mail may be slow, and so may people. Said in minutes in templates/account/email/.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,100/h/ip,5/m/key,20/h/key"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Askwell"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
USERSESSIONS_TRACK_ACTIVITY = False

# What a browser may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# Whether every other site of the operator's domain has https, and for ever, is not ours to promise (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Writing

MARKDOWNX_URLS_PATH = "/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/markdown/upload/"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "core.markdown.render"

# Library

# Whether the worker asks the pages that articles link to on other sites whether they are still there.
CHECK_LINKS = env.flag("CHECK_LINKS", default=False)

# Search

# What turns texts into vectors; empty for words alone.
SEARCH_EMBEDDER = env.may_be_empty("SEARCH_EMBEDDER", "search.minilm.MiniLM")

# Ports and rounds: who answers the lower rooms, and what the worker does in turn

FORUM_DESK = "moderation.desk"
SUPPORT = "moderation.support"
ACCOUNTS_DESK = "moderation.profiles"
POST_SCREENERS = [
    "moderation.screeners.crisis.screen",
    "moderation.screeners.emergency.screen",
    "moderation.screeners.age.screen",
    "moderation.screeners.details.screen",
    "moderation.screeners.first_posts.screen",
    "moderation.screeners.images.screen",
    "moderation.screeners.links.screen",
    "moderation.screeners.night.screen",
    "moderation.screeners.pace.screen",
    "moderation.screeners.repeats.screen",
    "moderation.screeners.watched.screen",
]
# Mails about what just happened wait as long, so that several become one.
MAILS_WAIT = timedelta(minutes=3)
SWEEPS = [
    "core.sweeps.forget_the_expired",
    "accounts.sweeps.forget_unfinished_sign_ups",
    "articles.dead_links.sweep",
    "accounts.sweeps.end_expired_credentials",
    "accounts.sweeps.forget_addresses",
    "articles.sweeps.publish_scheduled",
    "articles.sweeps.warn_of_checks",
    "articles.sweeps.forget_addresses",
    "articles.sweeps.forget_readers",
    "forum.sweeps.heed_credentials",
    "forum.sweeps.tell_followers",
    "forum.sweeps.ask_how_it_went",
    "search.sweeps.make_vectors",
    "search.sweeps.find_neighbours",
    "search.sweeps.count_words",
    "search.gaps.sweep",
    "search.tallies.forget",
    "notifications.sweeps.count_unread",
    "notifications.sweeps.send_mails",
    "moderation.alerts.alert_moderators",
    "moderation.sweeps.weigh_trust",
    "moderation.sweeps.forget_prints",
    "moderation.sweeps.forget_words",
    "moderation.figures.sweep",
]

# Log: what happened, never what somebody wrote or searched for

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=False) if DEBUG or DEMO else structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "filters": {"without_queries": {"()": "core.logs.WithoutQueries"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_queries"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Whoever scans the network asks for hosts that are not ours, all day long.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Below that it tells which variables a page lacks, with all that was typed into it.
        "django.template": {"level": "INFO"},
    },
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
