"""Django settings of the public process: no database, no accounts, no sessions, no secret; it reads the public folder and nothing else."""
from __future__ import annotations

import secrets

from soket import config as _config

CONFIG = _config.load_public()

SECRET_KEY = secrets.token_urlsafe(48)  # Django asks for one; nothing is signed with it, so it may differ in every process
DEBUG = False
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
BASE_URL = CONFIG.base_url
DEMO_WORLD = CONFIG.demo
PUBLIC = CONFIG.public
PROXIES = CONFIG.proxies
LOG_ORIGIN = CONFIG.log_origin
PAGE_CACHE = CONFIG.cache

_ROOM = _config.ROOT / "src" / "soket" / "publishing"
INSTALLED_APPS = ["django.contrib.staticfiles", "template_partials.apps.SimpleAppConfig", "soket.ui"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "soket.publishing.standing.PublicHeaders",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "soket.front.middleware.SafeInput",
]
ROOT_URLCONF = "soket.publishing.public_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_ROOM / "templates"],  # the room is not installed here: its models would come with it
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "libraries": {path.stem: f"soket.publishing.templatetags.{path.stem}" for path in sorted((_ROOM / "templatetags").glob("publishing_*.py"))},
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "soket.publishing.standing.chrome",
            ],
        },
    }
]
DATABASES: dict[str, dict[str, object]] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [str(_config.ROOT / "src" / "soket" / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = PUBLIC / "static"
STATICFILES_DIRS = [_ROOM / "static"]
STORAGES = {"staticfiles": {"BACKEND": "soket.publishing.standing.StaticNames"}}
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = None
LOGGING = _config.logging_of(CONFIG.log_level)
