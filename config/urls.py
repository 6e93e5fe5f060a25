"""What URLs exist. Each room's own list is beside its views."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

# One way in for everybody: our sign-in, which knows codes, limits and the second factor.
admin.site.login = secure_admin_login(admin.site.login)

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
