"""What URLs this room has. Without a namespace: markdownx knows its two by these names."""

from django.urls import path, re_path

from uploads import views

urlpatterns = [
    path("markdown/preview/", views.preview, name="markdownx_markdownify"),
    path("markdown/upload/", views.upload, name="markdownx_upload"),
    re_path(r"^media/(?P<path>[\w/.-]{1,60})$", views.media, name="media"),
]
