"""What URLs exist. Each room's own list is beside its views."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("forum.urls")),
    path("", include("articles.urls")),
    path("", include("search.urls")),
    path("", include("notifications.urls")),
    path("", include("moderation.urls")),
    path("", include("uploads.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
