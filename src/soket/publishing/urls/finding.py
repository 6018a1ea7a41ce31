"""Addresses of search, feeds, sitemaps and of checking a saved page."""
from __future__ import annotations

from django.urls import URLPattern, path

from soket.publishing.views import checking, finding

urlpatterns: list[URLPattern] = [
    path("cong-bo/tim/", finding.search, name="search"),
    path("cong-bo/rss.xml", finding.rss, name="rss"),
    path("cong-bo/atom.xml", finding.atom, name="atom"),
    path("cong-bo/chuyen-muc/<slug:slug>/rss.xml", finding.rss, name="category_rss"),
    path("cong-bo/chuyen-muc/<slug:slug>/atom.xml", finding.atom, name="category_atom"),
    path("cong-bo/sitemap.xml", finding.sitemap, name="sitemap"),
    path("cong-bo/sitemap-<int:number>.xml", finding.sitemap_part, name="sitemap_part"),
    path("cong-bo/sitemap-muc.xml", finding.sitemap_lists, name="sitemap_lists"),
    path("cong-bo/sitemap-tin.xml", finding.sitemap_news, name="sitemap_news"),
    path("cong-bo/kiem-chung/", checking.verify, name="verify_page"),
    path("cong-bo/kiem-chung/<slug:slug>.json", checking.standing, name="verify_standing"),
    path("robots.txt", finding.robots, name="robots"),
]
