"""Django settings: one file over the typed reader in `config.py`."""
from __future__ import annotations

from csp.constants import NONCE, NONE, SELF

from soket import config as _config
from soket import sqlite as _sqlite

CONFIG = _config.load()
if CONFIG.database_url.startswith("sqlite"):
    _sqlite.install()

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
BASE_URL = CONFIG.base_url
DEMO_WORLD = CONFIG.demo
DATA = CONFIG.data
PUBLIC = CONFIG.public
PROXIES = CONFIG.proxies
LOG_ORIGIN = CONFIG.log_origin
VIDEO, VIDEO_HOSTS = CONFIG.janus, CONFIG.video_hosts
LIVE_URL, LIVE_PUBLISH, LIVE_KIND = CONFIG.live_url, CONFIG.live_publish, CONFIG.live_kind

ROOMS = [
    "soket.kernel",
    "soket.audit",
    "soket.jobs",
    "soket.live",
    "soket.files",
    "soket.documents",
    "soket.organisations",
    "soket.accounts",
    "soket.programmes",
    "soket.reporting",
    "soket.rollup",
    "soket.reviews",
    "soket.directions",
    "soket.commendations",
    "soket.exemplars",
    "soket.conferences",
    "soket.publishing",
    "soket.front",
    "soket.ui",
    "soket.demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    *ROOMS,  # before allauth: our sign-in pages stand in for its own
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "soket.front.middleware.RequestLog",
    "soket.front.middleware.ReadOnce",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "soket.front.middleware.SafeInput",
]
ROOT_URLCONF = "soket.front.urls"
CSRF_FAILURE_VIEW = "soket.front.views.forbidden"  # Django's own page speaks English and sets styles in the page
WSGI_APPLICATION = "soket.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "soket.front.context.chrome",
            ],
        },
    }
]
DATABASES = {"default": _config.database(CONFIG.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["soket.accounts.hashers.OwaspArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:worklist"
LOGOUT_REDIRECT_URL = "front:home"
ACCOUNT_ADAPTER = "soket.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,50/5m/ip"}
ACCOUNT_LOGOUT_ON_GET = False
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.secure_cookies
SESSION_COOKIE_SAMESITE = "Lax"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [str(_config.ROOT / "src" / "soket" / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(CONFIG.data / "files")}},
    "staticfiles": {"BACKEND": "soket.publishing.styling.Gathered"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *([LIVE_URL] if LIVE_URL else []), *([VIDEO["api"]] if "api" in VIDEO else [])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = _config.logging_of(CONFIG.log_level)
SILENCED_SYSTEM_CHECKS: list[str] = []
