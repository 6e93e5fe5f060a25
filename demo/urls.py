"""What URLs a demo has more than the site."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("mail/", views.inbox, name="mail"),
    path("mail/<str:name>/", views.mail, name="message"),
]
