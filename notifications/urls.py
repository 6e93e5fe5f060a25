"""What URLs this room has."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    # Before accounts' own pages of settings, which it stands among.
    path("settings/notifications/", views.preferences, name="preferences"),
    path("notifications/", views.inbox, name="inbox"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("n/<slug:token>/", views.open_notification, name="open"),
]
