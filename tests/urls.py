"""The site with what only a demo has, so that a test sees all of it."""

from django.urls import include, path

from config.urls import urlpatterns as site

urlpatterns = [*site, path("demo/", include("demo.urls"))]
