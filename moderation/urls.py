"""What URLs the review queue and the reports have."""

from django.urls import include, path

from moderation.views import queue, reports

review = [
    path("", queue.queue, name="queue"),
    path("<int:item_id>/", queue.item, name="item"),
    path("<int:item_id>/take/", queue.take, name="take"),
    path("<int:item_id>/pass/", queue.pass_on, name="pass_on"),
    path("<int:item_id>/<slug:decision>/", queue.decide, name="decide"),
]
report = [
    path("<slug:kind>/<int:pk>/", reports.report, name="report"),
    path("<slug:kind>/<int:pk>/thanks/", reports.reported, name="reported"),
]
urlpatterns = [
    path("review/", include((review, "review"))),
    path("report/", include((report, "moderation"))),
]
