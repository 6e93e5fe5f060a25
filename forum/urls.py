"""What URLs the forum has. Paths that do something come before the one with a slug."""

from django.urls import path

from forum.views import answers, ask, home, lists, members, mine, questions, topics

app_name = "forum"
urlpatterns = [
    path("", home.home, name="home"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("members/<slug:handle>/", members.member, name="member"),
    path("ask/", ask.ask, name="ask"),
    path("ask/suggestions/", ask.suggestions, name="suggestions"),
    path("ask/forget/", ask.forget, name="forget"),
    path("questions/", lists.questions, name="questions"),
    path("questions/mine/", mine.mine, name="mine"),
    path("questions/<int:question_id>/", questions.short, name="short"),
    path("questions/<int:question_id>/answer/", answers.answer, name="answer"),
    path("questions/<int:question_id>/comment/", answers.comment_question, name="comment_question"),
    path("questions/<int:question_id>/same/", questions.same, name="same"),
    path("questions/<int:question_id>/similar/", questions.similar, name="similar"),
    path("questions/<int:question_id>/edit/", mine.edit_question, name="edit_question"),
    path("questions/<int:question_id>/take-back/", mine.take_back_question, name="take_back_question"),
    path("questions/<int:question_id>/<str:slug>/", questions.question, name="question"),
    path("answers/<int:answer_id>/helpful/", answers.helpful, name="helpful"),
    path("answers/<int:answer_id>/helped/", answers.helped, name="helped"),
    path("answers/<int:answer_id>/comment/", answers.comment_answer, name="comment_answer"),
    path("answers/<int:answer_id>/edit/", mine.edit_answer, name="edit_answer"),
    path("answers/<int:answer_id>/take-back/", mine.take_back_answer, name="take_back_answer"),
    path("comments/<int:comment_id>/edit/", mine.edit_comment, name="edit_comment"),
    path("comments/<int:comment_id>/take-back/", mine.take_back_comment, name="take_back_comment"),
]
