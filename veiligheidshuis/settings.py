"""The settings of the house: one file; what differs per place comes from the environment.

Mode `production` refuses to start with DEBUG, a default key or a database role that could walk
around the wall (the last is asked of every new connection, see needtoknow.py).
"""

import os
import sys
from datetime import date
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
MODES = ("production", "development", "test")


def secret(name: str, default: str = "") -> str:
    """The value of a secret: from the file that NAME_FILE names, else from NAME."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def is_fernet_key(text: str) -> bool:
    """Whether a field can be encrypted with this."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


MODE = os.environ.get("VH_MODE", "production")
if MODE not in MODES:  # a typing error must not open a demo house
    raise ImproperlyConfigured(f"VH_MODE is '{MODE}'. Kies uit: {', '.join(MODES)}.")
PRODUCTION = MODE == "production"
DEMO = MODE != "production"
VAR = Path(os.environ.get("VH_VAR", ROOT / ".var"))

DEBUG = os.environ.get("VH_DEBUG") == "1"
INSECURE_KEY = "alleen-voor-ontwikkeling-en-tests"
SECRET_KEY = secret("SECRET_KEY", "" if PRODUCTION else INSECURE_KEY)
# Fernet key that encrypts a BSN, and keys the digest by which two BSNs are compared.
INSECURE_FIELD_KEY = "dmVpbGlnaGVpZHNodWlzLWFsbGVlbi12b29yLXRlc3Q="
FIELD_KEY = secret("FIELD_KEY", "" if PRODUCTION else INSECURE_FIELD_KEY)
# The seal on a signed plan (seal.py). The key is for the worker alone; the certificate of the house
# (and who vouches for it), and those of before, are for whoever checks a paper.
SEAL_KEY = secret("SEAL_KEY")
SEAL_CERTIFICATE = secret("SEAL_CERTIFICATE")
SEAL_FORMER = secret("SEAL_FORMER")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost").split(
    ","
)
BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("VH_DEBUG hoort niet in productie. Haal de variabele weg.")
    if len(SECRET_KEY) < 50 or SECRET_KEY == INSECURE_KEY:
        raise ImproperlyConfigured(
            "Zet een eigen SECRET_KEY (of SECRET_KEY_FILE) van minstens 50 tekens."
        )
    if FIELD_KEY == INSECURE_FIELD_KEY or not is_fernet_key(FIELD_KEY):
        raise ImproperlyConfigured(
            "Zet een eigen FIELD_KEY (of FIELD_KEY_FILE): een Fernet-sleutel."
        )
    if "BEGIN CERTIFICATE" not in SEAL_CERTIFICATE:
        raise ImproperlyConfigured(
            "Zet een eigen SEAL_CERTIFICATE (of SEAL_CERTIFICATE_FILE): het certificaat waarmee het"
            " huis een getekend plan verzegelt."
        )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "guardian",
    "simple_history",
    "allauth.account",  # allauth.mfa leans on it; its tables are shut and its pages are not there
    "allauth.mfa",
    "veiligheidshuis",
    "partners",
    "cases",
    "agenda",
    "maatwerkplan",
    "beheerscommissie",
    "stuurgroep",
    "privacy",
]
if DEMO:
    INSTALLED_APPS.append("demo")

# The order is the wall: the transaction opens as nobody, then the user is known, then every
# look is written before the page leaves. bouw.md decision 4, toegang.md decisions 6 and 8.
MIDDLEWARE = [
    "veiligheidshuis.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "veiligheidshuis.needtoknow.NeedToKnowMiddleware",
    "veiligheidshuis.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "veiligheidshuis.sessions.OverMiddleware",
    "veiligheidshuis.needtoknow.IdentityMiddleware",
    "veiligheidshuis.tablet.TabletMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "veiligheidshuis.accesslog.AccessLogMiddleware",
    "veiligheidshuis.drafts.DraftMiddleware",
    "veiligheidshuis.autosave.AutosaveMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "veiligheidshuis.once.OnceMiddleware",
    "veiligheidshuis.methods.NotAllowedMiddleware",
]

ROOT_URLCONF = "veiligheidshuis.urls"
WSGI_APPLICATION = "veiligheidshuis.wsgi.application"
FORM_RENDERER = "veiligheidshuis.shell.HouseRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "veiligheidshuis.shell.shell",
            ],
        },
    }
]

# The application connects as a role that owns nothing. These commands alone get the address of the
# owner, and VH_AS_OWNER says so out loud: the tables, and what no page may change (ADR 0022).
OWNER_COMMANDS = ("migrate", "identity_provider")
AS_OWNER = os.environ.get("VH_AS_OWNER") == "1"
if AS_OWNER and not (
    Path(sys.argv[0]).name == "manage.py" and "".join(sys.argv[1:2]) in OWNER_COMMANDS
):
    allowed = " en ".join(f"manage.py {name}" for name in OWNER_COMMANDS)
    raise ImproperlyConfigured(f"VH_AS_OWNER=1 is er alleen voor {allowed}. Laat het hier weg.")
DATABASE_URL = secret("OWNER_DATABASE_URL" if AS_OWNER else "DATABASE_URL")
DATABASES = {
    "default": {
        **dj_database_url.parse(DATABASE_URL or "postgresql:///veiligheidshuis"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "ATOMIC_REQUESTS": False,
        # The locks make every question look dear to PostgreSQL, and it would compile each of them:
        # half a second for an answer of four milliseconds (measured, docs/benchmarks.md).
        # And its pages are in memory: no need to read a small table whole, to spare it a leap.
        "OPTIONS": {"options": "-c jit=off -c random_page_cost=1.1"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.access.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "veiligheidshuis.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "veiligheidshuis.passwords.NotYourself"},
    {"NAME": "veiligheidshuis.passwords.NotCommon"},
    {"NAME": "veiligheidshuis.passwords.NotJustDigits"},
]
if MODE == "test":  # the strength of the hash is not what the tests test
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_ADAPTER = "veiligheidshuis.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute either way: telephones are seldom exactly on time
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# The keys by which the house makes itself known to a partner's login service: a file for each
# organisation, named by its part of the address (docs/productie.md).
SIGN_ON_KEYS = os.environ.get("SIGN_ON_KEYS", str(VAR / "aanmeldsleutels"))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
ANONYMOUS_USER_NAME = None  # guardian: nobody gets rights by not logging in
GUARDIAN_MONKEY_PATCH_USER = False

SESSION_ENGINE = "veiligheidshuis.sessions"  # idle and absolute limits: sessions.py
IDLE_MINUTES = 15  # without a deed a session ends: ASVS 7.3
SESSION_HOURS = 9  # a working day
# The row stays a day longer than the session: what is sent after it ended is kept for whose it was.
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-sessie" if PRODUCTION else "sessie"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_FAILURE_VIEW = "veiligheidshuis.views.csrf_failure"
CSRF_USE_SESSIONS = False
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A file is held in memory and nowhere else, so it is no larger than this: a scan of some fifty
# pages, a list of fifty thousand people; our choice (veiligheid.md UPL-08).
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["veiligheidshuis.uploads.HeldInMemory"]

# Who looks whether a file does harm: clamd, as unix:/run/clamav/clamd.ctl or clamav:3310. Without
# one a document waits and nobody can open it, but where nothing is real. ADR 0038; UPL-04.
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")
TRUST_UNSCANNED = not PRODUCTION

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

# Mail leaves through the outbox. Without EMAIL_HOST every mail becomes one file, named after
# its Message-ID, so that delivering twice leaves one mail.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "veiligheidshuis.mail.MailDir"
)
# Where people ring when they are stuck; under every page and every mail.
OFFICE_PHONE = os.environ.get("OFFICE_PHONE", "" if PRODUCTION else "045 560 00 00")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "veiligheidshuis@huis.example")
MAIL_DIR = VAR / "mail"

REDIS_URL = secret("REDIS_URL")
CELERY_BROKER_URL = secret(
    "CELERY_BROKER_URL", REDIS_URL or ("memory://" if MODE == "test" else "")
)
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
CELERY_TASK_ACKS_LATE = True  # a worker that dies gives its task back
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a page does not wait for a broker that is down
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
LOG_ANCHOR_MINUTES = 5  # the heads of the access log are kept at least so often
CELERY_BEAT_SCHEDULE = {
    "send the outbox": {"task": "veiligheidshuis.send_outbox", "schedule": 60.0},
    "sweep the deadlines": {"task": "cases.sweep_deadlines", "schedule": 60.0},
    "destroy what was not admitted": {
        "task": "cases.destroy_declined",
        "schedule": crontab(hour=2, minute=10),
    },
    "destroy documents that were kept long enough": {
        "task": "cases.destroy_documents",
        "schedule": crontab(hour=2, minute=15),
    },
    "forget old submissions": {
        "task": "veiligheidshuis.forget_submissions",
        "schedule": crontab(hour=3, minute=15),
    },
    "remind of papers": {
        "task": "partners.remind_of_papers",
        "schedule": crontab(hour=7, minute=5),
    },
    "tend the confirmation of colleagues": {
        "task": "partners.tend_round",
        "schedule": crontab(hour=7, minute=15),
    },
    "let partners leave": {
        "task": "partners.let_partners_leave",
        "schedule": crontab(hour=0, minute=5),
    },
    "forget old sessions": {
        "task": "veiligheidshuis.forget_sessions",
        "schedule": crontab(hour=3, minute=25),
    },
    "watch the access log": {"task": "privacy.watch_log", "schedule": 300.0},
    "close the access log": {
        "task": "privacy.close_log",
        "schedule": crontab(day_of_month=1, hour=2, minute=40),
    },
    "anchor the access log": {
        "task": "veiligheidshuis.anchor_log_heads",
        "schedule": LOG_ANCHOR_MINUTES * 60 - 60.0,  # a minute to spare
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")

# Where the heads of the access log are kept outside the database: two places or more, separated by
# colons. One of them belongs on another machine (docs/productie.md).
LOG_ANCHOR_DIRS = os.environ.get("LOG_ANCHOR_DIRS", f"{VAR}/log-anker:{VAR}/log-anker-2").split(":")
LOG_CLOSE_LATE_DAYS = 33  # after this the FG is told that a month was not closed
LOG_ANCHOR_LATE_MINUTES = 15  # after this the FG is told that no anchor came

# Facts of law that may change, and what the wall and the door keep to, are parameters with their
# source. What the table agrees on about its work stands in werkafspraken.py (docs/adr/0026).
HAND_OVER_DAYS = 14  # who hands a client over keeps reading so long; our choice
EMERGENCY_HOURS = 4  # the longest that break-glass lasts; our choice (AC-16)
FRESH_MINUTES = 5  # so long a second factor that was just proved counts as fresh; our choice
DRAFT_HOURS = 24  # what was being sent when a session ended is kept so long; our choice
ENDS_SOON_DAYS = 14  # a role or an access that ends is shown so long before; our choice
WEIGHING_CHAINS = 2  # core participants of so many chains weigh a report: eisen.md 3.1
DECLINED_DAYS = 14  # a report that is not admitted is destroyed after this: BGS 1.16 lid 1 b
REPORT_DAYS = 183  # whoever reports somebody reads it back so long, half a year; our choice
EXTRA_DAYS_OFF: frozenset[date] = frozenset()  # by royal decree: Algemene termijnenwet 3 lid 3
RESET_HOURS = 24  # so long somebody can stop that his second factor is reset: AUTH-12
INVITATION_DAYS = 7  # so long the link works by which somebody chooses his password; our choice
DOCUMENTS_PER_CASE = 100  # so many are kept of one client; our choice (UPL-08)
DOCUMENTS_PER_DAY = 50  # so many one person brings in on a day; our choice (UPL-08)
UNDO_HOURS = 24  # so long a list that was read in can be taken back; our choice
WORKER_MINUTES = 10  # after this somebody may ask the worker once more; our choice
PREVIEW_DAYS = 14  # a list that was looked at and never read in is wiped after this; our choice
EVALUATE_DAYS = 92  # a plan is evaluated each quarter; WGS 2.26 names no term, so our choice
SMALLEST_GROUP = 5  # figures on fewer people are hidden: eisen.md 1.7
PAPERS_REMINDER_DAYS = 60  # a new VOG takes eight weeks at most (Justis)
PAPERS_LAST_REMINDER_DAYS = 7  # our choice: a week to see a paper that lies ready

# How far back and ahead a day may lie, in days from today, for what somebody types it for
# (veiligheidshuis/terms.py). Our choice where no source is named.
TERMS = {
    "toegang": (366, 184),  # by hand: as long as a prioriteitenlijst lasts (S2: twice a year)
    "selectieoverleg": (366, 366),  # S2: at least twice a year, so never further than the next
    "overleg": (366, 366),  # the joint agenda is made for a year
    "vergadering": (366, 366),  # S4, 4.9: once in a quarter
    "afwezigheid": (366, 366),  # longer than a year is no absence: then a client is handed over
    "aanstelling": (3660, 3660),  # ten years: a role may have begun before the house had computers
    "papieren": (3660, 1830),  # no paper is trusted for longer than five years
    "actie": (
        0,
        1098,
    ),  # what is planned begins today or later; more than three years is a new plan
    "levering": (0, 366),  # still to come; a partner that can begin in a year only cannot deliver
    "aanlevering": (366, 0),  # a list of longer ago says nothing of who is active now (S2)
    "besluit": (366, 0),  # a dossier that may be closed does not stay open for a year
    "opnieuw_bespreken": (
        0,
        184,
    ),  # who was not told of it is thought of again
    "werkafspraak": (0, 1098),  # nobody decides how we work in more than three years
    "regeling": (9150, 3660),  # the convenant is of 2006 (S2); none is made for more than ten years
    "toetreding": (1830, 366),  # a covenant is given notice of a year at most
    "mandaat": (1098, 1098),  # a mandate is given anew at least every three years
    "aanbodgesprek": (0, 31),  # OFF-03: while what the partners promised still holds
    "notitie": (366, 0),  # a conversation that was; what is older is told again, not noted
    "bewaren": (0, 1826),  # WGS 1.8 lid 7: five years from the day of first processing
    "verwacht_einde": (1830, 7320),  # no measure of a judge runs longer without a new decision
    "aanspreken": (0, 31),  # a partner that does not do what it agreed: within the month
    "evaluatie": (0, 184),  # a plan is evaluated twice a year at least, as the list is (S2)
    "vervolgstap": (366, 92),  # after a refusal the partners do not let go (S2): within a quarter
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "veiligheidshuis.programlog.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            # Who builds the house reads the whole error, of people who were invented.
            **({} if MODE == "development" else {"formatter": "discreet"}),
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
# guardian is storage and vocabulary here, never asked for rights (toegang.md decision 3).
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
