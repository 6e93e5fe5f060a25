"""What URLs the library has, and the standing pages."""

from django.urls import include, path

from articles import for_review, helpful, views

library = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/history/", views.history, name="history"),
    path("<slug:slug>/helpful/", helpful.helpful, name="helpful"),
]
pages = [
    path("about/", views.standing, {"name": "about"}, name="about"),
    path("about/how-we-write/", views.standing, {"name": "how_we_write"}, name="how_we_write"),
    path("accessibility/", views.standing, {"name": "accessibility"}, name="accessibility"),
    path("contact/", views.standing, {"name": "contact"}, name="contact"),
    path("help-now/", views.help_now, name="help_now"),
    path("privacy/", views.standing, {"name": "privacy"}, name="privacy"),
    path("rules/", views.standing, {"name": "rules"}, name="rules"),
    path("young/", views.standing, {"name": "young"}, name="young"),
]
by_link = [
    path("<str:token>/", for_review.read, name="read"),
    path("<str:token>/remark/", for_review.remark, name="remark"),
    path("<str:token>/approve/", for_review.approve, name="approve"),
]
urlpatterns = [
    path("articles/", include((library, "articles"))),
    path("for-review/", include((by_link, "for_review"))),
    path("", include((pages, "pages"))),
]
