"""What URLs this room has. Without a namespace: markdownx knows its two by these names."""

from django.urls import path

from uploads import views

urlpatterns = [
    path("markdown/preview/", views.preview, name="markdownx_markdownify"),
    path("markdown/upload/", views.upload, name="markdownx_upload"),
    path("media/<path:path>", views.media, name="media"),
]
