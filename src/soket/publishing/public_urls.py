"""All addresses of the public process: the newspaper, and nothing of the inside."""
from django.urls import include, path

from soket.publishing import urls
from soket.publishing.views import standing

urlpatterns = [
    path("", standing.start),
    path("healthz", standing.alive),
    path("", include((urls.PUBLIC, "publishing"))),
]
handler404 = "soket.publishing.views.standing.not_found"
handler500 = "soket.publishing.views.standing.failed"
