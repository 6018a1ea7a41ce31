"""Wagtail beside us: installed from PyPI into its own environment, the same article, photographs and siblings, served as we serve ours.

Its page cache is Django's cache middleware with a cache in each worker's memory (of PyPI's page caches for Wagtail none takes this
version). Templates, queries and renditions follow its own tutorial; renditions are made before anything is measured.
"""
from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import _news

VERSION = "8.0.1"
SETTINGS = """
import os
from pathlib import Path
HERE = Path(__file__).parent
SECRET_KEY, DEBUG, ALLOWED_HOSTS = {secret!r}, False, ["*"]
ROOT_URLCONF, WSGI_APPLICATION = "site_urls", "site_wsgi.application"
INSTALLED_APPS = ["news", "wagtail.sites", "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail",
    "modelcluster", "taggit", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware"]
if os.environ.get("BENCH_CACHED"):
    MIDDLEWARE = ["django.middleware.cache.UpdateCacheMiddleware", *MIDDLEWARE, "django.middleware.cache.FetchFromCacheMiddleware"]
CACHE_MIDDLEWARE_SECONDS = 30
CACHES = {{"default": {{"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
          "renditions": {{"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"}}}}
TEMPLATES = [{{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {{"context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]}}}}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "db.sqlite3", "CONN_MAX_AGE": 600,
    "OPTIONS": {{"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456"}}}}}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
LANGUAGE_CODE, TIME_ZONE, USE_I18N, USE_TZ = "vi", "Asia/Ho_Chi_Minh", True, True
STATIC_URL, MEDIA_URL, MEDIA_ROOT = "/static/", "/media/", HERE / "media"
WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = "Bench", "http://127.0.0.1"
LOGGING_CONFIG = None
"""
MODELS = """
from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class HomePage(Page):
    def get_context(self, request):
        return {**super().get_context(request), "articles": ArticlePage.objects.live().child_of(self).order_by("-date").select_related("photo")[:13]}


class ArticlePage(Page):
    date = models.DateTimeField()
    lead = models.TextField()
    byline = models.CharField(max_length=100)
    photo = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField([("paragraph", RichTextBlock()), ("photo", ImageChooserBlock())])

    def get_context(self, request):
        same = ArticlePage.objects.live().sibling_of(self, inclusive=False).order_by("-date")[:12]
        return {**super().get_context(request), "same": same}
"""
BASE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/static/site.css"></head><body><a href="#main">Đến nội dung</a>
<header><a href="/">Bench</a></header><main id="main">{% block main %}{% endblock %}</main><footer>Giờ Việt Nam (GMT+7)</footer></body></html>
"""
ARTICLE = """{% extends "base.html" %}{% load wagtailcore_tags wagtailimages_tags %}{% block title %}{{ page.title }}{% endblock %}
{% block main %}<nav>{% for one in page.get_ancestors %}{% if not one.is_root %}<a href="{% pageurl one %}">{{ one.title }}</a>{% endif %}{% endfor %}</nav>
<article><h1>{{ page.title }}</h1><p>{{ page.date|date:"l, d/m/Y, H:i:s" }}</p><p class="lead">{{ page.lead }}</p>
{% srcset_image page.photo width-{480,960,1600} sizes="100vw" %}
{% for block in page.body %}{% if block.block_type == "photo" %}<figure>{% srcset_image block.value width-{480,960,1600} sizes="100vw" %}
<figcaption>{{ block.value.title }}</figcaption></figure>{% else %}{% include_block block %}{% endif %}{% endfor %}
<p class="byline">{{ page.byline }}</p></article>
<aside><h2>Tin cùng chuyên mục</h2><ul>
{% for one in same %}<li><a href="{% pageurl one %}">{{ one.title }}</a> {{ one.date|date:"d/m/Y" }}</li>{% endfor %}</ul></aside>
{% endblock %}
"""
HOME = """{% extends "base.html" %}{% load wagtailcore_tags wagtailimages_tags %}{% block title %}{{ page.title }}{% endblock %}
{% block main %}<h1>{{ page.title }}</h1>{% for one in articles %}<section>{% if forloop.first %}{% image one.photo width-960 %}{% endif %}
<h2><a href="{% pageurl one %}">{{ one.title }}</a></h2><p>{{ one.date|date:"l, d/m/Y, H:i" }}</p><p>{{ one.lead }}</p></section>{% endfor %}{% endblock %}
"""
URLS = """
from django.urls import include, path
from wagtail import urls
urlpatterns = [path("", include(urls))]
"""
WSGI = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
FILL = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
import django; django.setup()
from datetime import datetime, timedelta
from django.core.files.images import ImageFile
from wagtail.images.models import Image
from wagtail.models import Page, Site
from news.models import ArticlePage, HomePage
told = json.load(open(sys.argv[1], encoding="utf-8"))
root = Page.objects.get(depth=1)
Page.objects.filter(depth__gt=1).delete()
root = Page.objects.get(depth=1)
home = root.add_child(instance=HomePage(title="Trang nhất", slug="home"))
Site.objects.all().delete()
Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
photos = []
for number, path in enumerate(told["photos"]):
    with open(path, "rb") as file:
        photos.append(Image.objects.create(title=f"Anh {number + 1}", file=ImageFile(file, name=f"anh-{number + 1}.webp")))
start = datetime.fromisoformat(told["start"])
for number, one in enumerate(told["articles"]):
    body = [("paragraph", f"<p>{text}</p>") for text in one["paragraphs"]]
    if number == 0:
        for place, photo in enumerate(photos[1:]):
            body.insert(5 * (place + 1), ("photo", photo))
    home.add_child(instance=ArticlePage(title=one["title"], slug=f"bai-{number + 1}", date=start - timedelta(hours=number), lead=one["lead"],
                                        byline="Ban bien tap", photo=photos[number % len(photos)], body=body))
"""


def _installed(folder: Path) -> Path:
    """Its interpreter, installed once. Raises subprocess errors."""
    place = folder / f"wagtail-{VERSION}"
    python = place / "bin/python"
    if not (place / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, timeout=120)
        subprocess.run([str(python), "-m", "pip", "install", "-q", f"wagtail=={VERSION}", "granian"], check=True, timeout=600, capture_output=True)
        (place / "ready").touch()
    return python


def _built(python: Path, folder: Path) -> None:
    """The site with its pages."""
    news = folder / "news"
    (news / "templates/news").mkdir(parents=True)
    (news / "__init__.py").touch()
    files = {
        "site_settings.py": SETTINGS.format(secret=secrets.token_hex(20)), "site_urls.py": URLS, "site_wsgi.py": WSGI, "news/models.py": MODELS,
        "news/templates/base.html": BASE, "news/templates/news/article_page.html": ARTICLE, "news/templates/news/home_page.html": HOME,
    }  # fmt: skip
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    photos = []
    for number in range(_news.PHOTOS):
        path = folder / f"photo-{number}.webp"
        path.write_bytes(_news.photograph(number, 1600))
        photos.append(str(path))
    articles = [{"title": _news.TITLE, "lead": _news.Writer(_news.SEED + 1).text(40), "paragraphs": _news.paragraphs(_news.SEED)}]
    for number in range(2, _news.SIBLINGS + 2):
        writer = _news.Writer(_news.SEED + number)
        texts = [writer.text(60) for _ in range(5)]
        articles.append({"title": writer.text(10), "lead": writer.text(30), "paragraphs": texts})
    told = folder / "told.json"
    told.write_text(json.dumps({"photos": photos, "articles": articles, "start": _news.start().isoformat()}), encoding="utf-8")
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": str(folder)}
    for told_to in (["-m", "django", "makemigrations", "news"], ["-m", "django", "migrate"], ["-c", FILL, str(told)]):
        subprocess.run([str(python), *told_to], env=env, cwd=folder, check=True, capture_output=True, timeout=300)


@contextmanager
def _served(python: Path, folder: Path, cached: bool) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": str(folder), "BENCH_CACHED": "1" if cached else ""}
    command = [str(python), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4",
               "--backlog", "4096", "--no-ws", "--log-level", "error", "site_wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def sites(peers: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Install it and build the site: (interpreter, folder)."""
    peers.mkdir(parents=True, exist_ok=True)
    python = _installed(peers)
    _built(python, folder)
    yield python, folder


@contextmanager
def served(python: Path, folder: Path, *, cached: bool) -> Iterator[int]:
    """Its port, once both pages have been asked for: renditions and templates are there."""
    import time

    with _served(python, folder, cached) as port:
        for _ in range(240):
            try:
                for path in ("/", "/bai-1/") * 4:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).close()
                break
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.25)
        yield port
