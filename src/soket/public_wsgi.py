"""The WSGI entry of the public process. Its settings are always the public ones, whatever the environment says."""
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "soket.public_settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings are chosen first

from soket import public_settings  # noqa: E402
from soket.publishing.outlet.cache import Application, PageCache  # noqa: E402

application: Application = get_wsgi_application()
if public_settings.PAGE_CACHE:
    application = PageCache(application, public_settings.PUBLIC)
