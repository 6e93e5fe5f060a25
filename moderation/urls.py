"""What URLs the review queue and the reports have."""

from django.urls import include, path

from moderation.views import (
    appeals,
    care,
    deciding,
    duty,
    figures,
    letters,
    lines,
    log,
    members,
    messages,
    notes,
    quarantine,
    queue,
    redaction,
    replies,
    reports,
    several,
    standing,
    statements,
    threads,
    transparency,
    undoing,
)

review = [
    path("", queue.queue, name="queue"),
    path("waiting/", queue.waiting, name="waiting"),
    path("several/", several.several, name="several"),
    path("spared/", care.spared, name="spared"),
    path("decided/", undoing.decided, name="decided"),
    path("log/", log.log, name="log"),
    path("log/csv/", log.download, name="log_csv"),
    path("decision/<int:decision_id>/undo/", undoing.undo, name="undo"),
    path("break/", care.pause, name="pause"),
    path("question/<int:question_id>/", threads.thread, name="thread"),
    path("duty/", duty.hours, name="duty"),
    path("figures/", figures.figures, name="figures"),
    path("lines/", lines.index, name="lines"),
    path("lines/new/", lines.new, name="new_line"),
    path("lines/<int:line_id>/", lines.line, name="line"),
    path("letters/", letters.index, name="letters"),
    path("letters/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/<int:letter_id>/close/", letters.close, name="close_letter"),
    path("letters/about/<slug:kind>/<int:pk>/", letters.write, name="write"),
    path("replies/", replies.index, name="replies"),
    path("replies/new/", replies.new, name="new_reply"),
    path("replies/<int:reply_id>/", replies.reply, name="reply"),
    path("text/<int:text_id>/redact/", redaction.redact, name="redact"),
    path("members/<slug:handle>/", members.member, name="member"),
    path("members/<slug:handle>/lift/", members.lift, name="lift"),
    path("members/<slug:handle>/note/", notes.on_member, name="note_on_member"),
    path("notes/<int:note_id>/withdraw/", notes.withdraw, name="withdraw_note"),
    path("appeals/", appeals.index, name="appeals"),
    path("appeals/<int:appeal_id>/", appeals.appeal, name="appeal"),
    path("quarantine/", quarantine.quarantined, name="quarantined"),
    path("quarantine/<int:quarantine_id>/release/", quarantine.release, name="release"),
    path("<int:item_id>/", queue.item, name="item"),
    path("<int:item_id>/take/", deciding.take, name="take"),
    path("<int:item_id>/note/", notes.on_item, name="note_on_item"),
    path("<int:item_id>/pass/", deciding.pass_on, name="pass_on"),
    path("<int:item_id>/quarantine/", quarantine.put_in, name="quarantine"),
    path("<int:item_id>/<slug:decision>/", deciding.decide, name="decide"),
]
report = [
    path("<slug:kind>/<int:pk>/", reports.report, name="report"),
    path("<slug:kind>/<int:pk>/thanks/", reports.reported, name="reported"),
]
of_members = [
    # Before accounts' own pages of settings, which they stand among.
    path("settings/trust/", standing.trust, name="trust"),
    path("settings/decisions/", statements.decisions, name="decisions"),
    path("settings/decisions/<int:decision_id>/", statements.decision, name="decision"),
    path("settings/decisions/<int:decision_id>/read/", statements.acknowledge, name="acknowledge"),
    path("suspended/<str:token>/", statements.suspended, name="suspended"),
    path("suspended/<str:token>/<int:letter_id>/", messages.suspended, name="suspended_letter"),
    path("messages/", messages.index, name="letters"),
    path("messages/new/", messages.new, name="new_letter"),
    path("messages/<int:letter_id>/", messages.letter, name="letter"),
]
public = [
    path("transparency/", transparency.transparency, name="transparency"),
]
urlpatterns = [
    path("", include((public, "public"))),
    path("", include((of_members, "standing"))),
    path("review/", include((review, "review"))),
    path("report/", include((report, "moderation"))),
]
