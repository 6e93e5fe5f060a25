"""What URLs this room has: the settings, and the pages by which people get in, before allauth's own."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

settings = [
    path("", RedirectView.as_view(url="/settings/profile/")),
    path("<slug:page>/", views.settings, name="settings"),
]
urlpatterns = [
    path("settings/", include((settings, "accounts"))),
    path("accounts/signup/", views.sign_up, name="account_signup"),
    path("accounts/login/", views.sign_in, name="account_login"),
    path("accounts/login/code/", views.request_code, name="account_request_login_code"),
    path("accounts/login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
]
