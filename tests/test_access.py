"""Who gets what at which address: everybody, at every address there is, with GET and with POST."""

import re
from collections.abc import Callable, Iterable
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib import admin
from django.db import connection, transaction
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views import defaults

from articles.models import Remark, ReviewLink
from moderation.models import Quarantine
from notifications.mails import unsubscribe_token
from tests import pages
from tests.known import forget
from tests.pages import KIND, STOCK_ADMIN, article, item, of_answer, of_follow, of_question, question
from tests.stage import SHARED, Stage, secret

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = ("guest", "eve", "ana", "newt", "mia", "ed", "rae", "boss")

# eve is a member, ana the author of what the address is about where nothing else is said, newt a new member, mia
# moderates, ed edits, rae reviews, boss may do everything. First what a GET gets, then what an empty POST gets: `in`
# leads to signing in and back; the others are statuses; one alone is everybody's. An address about something more
# special says what after its name; see ABOUT.
TABLE = """
address                              | gue eve ana new mia  ed rae bos | gue eve ana new mia  ed rae bos
healthz                              | 200                             | 405
readyz                               | 200                             | 405
forum:home                           | 200                             | 405
forum:topic                          | 200                             | 405
forum:topic unknown                  | 404                             | 405
forum:topic formerly                 | 301                             | 405
forum:tags                           | 200                             | 405
forum:tag                            | 200                             | 405
forum:tag also                       | 301                             | 405
forum:tag held                       | 404                             | 405
forum:tag members                    | 404 200 200 200 200 200 200 200 | 405
forum:complete_tag                   | 200                             | 405
forum:member                         | 200                             | 405
forum:member formerly                | 301                             | 405
forum:member unknown                 | 404                             | 405
forum:ask                            | 200                             | 422
forum:suggestions                    | 405                             | 200
forum:opened_suggestion              | 405                             | 204
forum:told_of_suggestions            | 405                             | 200
forum:forget                         | 405                             | 303
forum:drafts                         |  in 200 200 200 200 200 200 200 | 405
forum:keep_draft                     | 405                             | 401 400 400 400 400 400 400 400
forum:questions                      | 200                             | 405
forum:mine                           |  in 200 200 200 200 200 200 200 | 405
forum:short                          | 301                             | 405
forum:short held                     | 404 404 404 301 301 404 404 301 | 405
forum:short removed                  | 410                             | 405
forum:answer                         | 200                             | 422
forum:answer members                 | 404 200 200 200 200 200 200 200 | 404 422 422 422 422 422 422 422
forum:answer held                    | 404 404 404 403 403 404 404 403 | 404 404 404 422 422 404 404 422
forum:answer hidden                  | 404 404 404 404 403 404 404 403 | 404 404 404 404 422 404 404 422
forum:comment_question               | 200                             | 422
forum:comment_question held          | 404 404 404 403 403 404 404 403 | 404 404 404 422 422 404 404 422
forum:comment_question members       | 404 200 200 200 200 200 200 200 | 404 422 422 422 422 422 422 422
forum:comments_on_question           | 200                             | 405
forum:comments_on_question held      | 404 404 404 200 200 404 404 200 | 405
forum:comments_on_question members   | 404 200 200 200 200 200 200 200 | 405
forum:outcome                        |  in 403 200 403 403 403 403 403 | 422
forum:outcome held                   |  in 404 404 403 403 404 404 403 | 404 404 404 422 422 404 404 422
forum:outcome told                   |  in 403 303 403 403 403 403 403 | 422 422 303 422 422 422 422 422
forum:ask_later                      | 405                             |  in 403 303 403 403 403 403 403
forum:ask_later held                 | 405                             |  in 404 404 403 403 404 404 403
forum:same                           | 405                             |  in 303 403 303 303 303 303 303
forum:same held                      | 405                             |  in 404 404 403 403 404 404 403
forum:same members                   | 405                             |  in 303 403 303 303 303 303 303
forum:settle                         | 405                             |  in 403 303 403 403 403 403 403
forum:settle held                    | 405                             |  in 404 404 403 403 404 404 403
forum:save                           | 405                             |  in 303 303 303 303 303 303 303
forum:save held                      | 405                             |  in 404 404 403 403 404 404 403
forum:follow                         |  in 200 403 200 200 200 200 200 |  in 303 403 303 303 303 303 303
forum:follow held                    |  in 404 404 403 403 404 404 403 |  in 404 404 403 403 404 404 403
forum:follow topic                   |  in 200 200 200 200 200 200 200 |  in 303 303 303 303 303 303 303
forum:follow held tag                |  in 404 404 404 404 404 404 404 |  in 404 404 404 404 404 404 404
forum:follow draft                   |  in 404 404 404 404 404 404 404 |  in 404 404 404 404 404 404 404
forum:follow ana                     |  in 200 403 200 200 200 200 200 |  in 303 403 303 303 303 303 303
forum:followed                       |  in 200 200 200 200 200 200 200 |  in 422 422 422 422 422 422 422
forum:distance                       |  in 200 403 200 200 200 200 200 |  in 422 403 422 422 422 422 422
forum:distance nobody                |  in 404 404 404 404 404 404 404 |  in 404 404 404 404 404 404 404
forum:seen                           | 405                             |  in 303 303 303 303 303 303 303
forum:seen held                      | 405                             |  in 404 404 403 403 404 404 403
forum:similar                        | 200                             | 405
forum:similar members                | 404 200 200 200 200 200 200 200 | 405
forum:similar held                   | 404 404 404 200 200 404 404 200 | 405
forum:edit_question                  |  in 403 200 403 403 403 403 403 |  in 403 422 403 403 403 403 403
forum:edit_question held             |  in 404 404 200 403 404 404 403 |  in 404 404 422 403 404 404 403
forum:edit_question hidden           |  in 404 404 404 403 404 404 403 |  in 404 404 404 403 404 404 403
forum:put_back_question              | 405                             |  in 404 404 404 403 404 404 403
forum:put_back_question held         | 405                             |  in 404 404 303 403 404 404 403
forum:history_question               | 200                             | 405
forum:history_question members       | 404 200 200 200 200 200 200 200 | 405
forum:history_question held          | 404                             | 405
forum:history_question hidden        | 404 404 404 404 200 404 404 200 | 405
forum:history_question removed       | 410                             | 405
forum:history_answer                 | 200                             | 405
forum:history_answer members         | 404 200 200 200 200 200 200 200 | 405
forum:history_answer held            | 404                             | 405
forum:history_answer removed         | 404                             | 405
forum:history_comment                | 200                             | 405
forum:history_comment held           | 404                             | 405
forum:name_off                       |  in 403 200 403 403 403 403 403 |  in 403 303 403 403 403 403 403
forum:name_off held                  |  in 404 404 200 403 404 404 403 |  in 404 404 303 403 404 404 403
forum:take_back_question             | 405                             |  in 403 303 403 403 403 403 403
forum:take_back_question held        | 405                             |  in 404 404 303 403 404 404 403
forum:take_back_question answered    | 405                             |  in 403 403 403 403 403 403 403
forum:question                       | 200                             | 405
forum:question members               | 404 200 200 200 200 200 200 200 | 405
forum:question held                  | 404 404 404 200 200 404 404 200 | 405
forum:question returned              | 404 404 404 200 200 404 404 200 | 405
forum:question hidden                | 404 404 404 404 200 404 404 200 | 405
forum:question removed               | 410                             | 405
forum:question never                 | 404                             | 405
forum:helpful                        | 405                             |  in 303 303 303 303 303 303 303
forum:helpful own                    | 405                             |  in 303 403 303 303 303 303 303
forum:helpful held                   | 405                             |  in 404 404 403 403 404 404 403
forum:outdated                       | 405                             |  in 303 303 303 303 303 303 303
forum:outdated own                   | 405                             |  in 303 403 303 303 303 303 303
forum:outdated held                  | 405                             |  in 404 404 403 403 404 404 403
forum:helped                         | 405                             |  in 403 303 403 403 403 403 403
forum:helped held                    | 405                             |  in 404 404 403 403 404 404 403
forum:comment_answer                 | 200                             | 422
forum:comment_answer held            | 404 404 404 403 403 404 404 403 | 404 404 404 422 422 404 404 422
forum:comment_answer hidden          | 404 404 404 404 403 404 404 403 | 404 404 404 404 422 404 404 422
forum:comments_on_answer             | 200                             | 405
forum:comments_on_answer held        | 404 404 404 200 200 404 404 200 | 405
forum:comments_on_answer hidden      | 404 404 404 404 200 404 404 200 | 405
forum:place_of_answer                | 302                             | 405
forum:place_of_answer members        | 404 302 302 302 302 302 302 302 | 405
forum:place_of_answer held           | 404 404 404 302 302 404 404 302 | 405
forum:edit_answer                    |  in 403 200 403 403 403 403 403 |  in 403 422 403 403 403 403 403
forum:edit_answer held               |  in 404 404 200 403 404 404 403 |  in 404 404 422 403 404 404 403
forum:put_back_answer                | 405                             |  in 404 404 404 403 404 404 403
forum:take_back_answer               | 405                             |  in 403 303 403 403 403 403 403
forum:take_back_answer held          | 405                             |  in 404 404 303 403 404 404 403
forum:place_of_comment               | 302                             | 405
forum:place_of_comment held          | 404 404 404 302 302 404 404 302 | 405
forum:edit_comment                   |  in 403 200 403 403 403 403 403 |  in 403 422 403 403 403 403 403
forum:edit_comment held              |  in 404 404 200 403 404 404 403 |  in 404 404 422 403 404 404 403
forum:put_back_comment               | 405                             |  in 404 404 404 403 404 404 403
forum:take_back_comment              | 405                             |  in 403 303 403 403 403 403 403
forum:take_back_comment held         | 405                             |  in 404 404 303 403 404 404 403
forum:feed                           | 200                             | 405
forum:feed own                       | 404                             | 405
forum:feed_of_question               | 200                             | 405
forum:feed_of_question members       | 404                             | 405
forum:feed_of_question held          | 404                             | 405
forum:feed_of_topic                  | 200                             | 405
forum:feed_of_tag                    | 200                             | 405
forum:feed_of_tag members            | 404                             | 405
forum:feed_of_articles               | 200                             | 405
forum:feed_of_articles_of_topic      | 200                             | 405
forum:robots                         | 200                             | 405
forum:sitemaps                       | 200                             | 405
forum:sitemap                        | 200                             | 405
forum:sitemap unknown                | 404                             | 405
articles:index                       | 200                             | 405
articles:article                     | 200                             | 405
articles:article draft               | 404                             | 405
articles:article archived            | 410                             | 405
articles:article replaced            | 301                             | 405
articles:article formerly            | 301                             | 405
articles:history                     | 200                             | 405
articles:history draft               | 404                             | 405
articles:history archived            | 410                             | 405
articles:helpful                     | 200                             | 422
articles:helpful draft               | 404                             | 404
for_review:read                      | 200                             | 405
for_review:read guess                | 404                             | 405
for_review:remark                    | 405                             | 422
for_review:approve                   | 405                             | 422
pages:about                          | 200                             | 405
pages:how_we_write                   | 200                             | 405
pages:accessibility                  | 200                             | 405
pages:contact                        | 200                             | 405
pages:help_now                       | 200                             | 405
pages:privacy                        | 200                             | 405
pages:rules                          | 200                             | 405
pages:young                          | 200                             | 405
search:search                        | 200                             | 405
notifications:inbox                  |  in 200 200 200 200 200 200 200 | 405
notifications:preferences            |  in 200 200 200 200 200 200 200 |  in 422 422 422 422 422 422 422
notifications:read_all               | 405                             |  in 303 303 303 303 303 303 303
notifications:unsubscribe            | 200                             | 303
notifications:unsubscribe forged     | 404                             | 404
notifications:open                   |  in 403 302 403 403 403 403 403 | 405
notifications:open gone              |  in 403 404 403 403 403 403 403 | 405
notifications:open unknown           |  in 404 404 404 404 404 404 404 | 405
standing:decisions                   |  in 200 200 200 200 200 200 200 | 405
standing:decision                    |  in 404 404 200 404 404 404 404 |  in 404 404 422 404 404 404 404
standing:acknowledge                 | 405                             |  in 404 404 303 404 404 404 404
standing:suspended                   | 200                             | 422
standing:suspended forged            | 404                             | 404
review:member                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
review:member own                    |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
review:member staff                  |  in 403 403 403 200 403 403 200 |  in 403 403 403 403 403 403 422
review:member unknown                |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:lift                          | 405                             |  in 403 403 403 303 403 403 303
review:note_on_member                | 405                             |  in 403 403 403 422 403 403 422
review:note_on_member own            | 405                             |  in 403 403 403 403 403 403 422
review:withdraw_note unknown         | 405                             |  in 403 403 403 404 403 403 404
review:appeals                       |  in 403 403 403 200 403 403 200 | 405
review:appeal                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
standing:trust                       |  in 200 200 200 200 200 200 200 | 405
public:transparency                  | 200                             | 405
review:queue                         |  in 403 403 403 200 403 403 200 | 405
review:several                       |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:decided                       |  in 403 403 403 200 403 403 200 | 405
review:log                           |  in 403 403 403 200 403 403 200 | 405
review:reveal                        |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
review:reveal shown                  |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
review:reveal named                  |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
review:reveal unknown                |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:figures                       |  in 403 403 403 200 403 403 200 | 405
review:log_csv                       |  in 403 403 403 403 403 403 200 | 405
review:undo                          |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:spared                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:pause                         |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:waiting                       |  in 403 403 403 200 403 403 200 | 405
review:item                          |  in 403 403 403 200 403 403 200 | 405
review:item own                      |  in 403 403 403 200 403 403 403 | 405
review:item decided                  |  in 403 403 403 200 403 403 200 | 405
review:item unknown                  |  in 403 403 403 404 403 403 404 | 405
review:note_on_item                  | 405                             |  in 403 403 403 422 403 403 422
review:take                          | 405                             |  in 403 403 403 303 403 403 303
review:pass_on                       | 405                             |  in 403 403 403 303 403 403 303
review:quarantined                   |  in 403 403 403 403 403 403 200 | 405
review:release                       | 405                             |  in 403 403 403 403 403 403 303
review:quarantine                    | 405                             |  in 403 403 403 409 403 403 409
review:decide                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 409 403 403 409
review:decide unknown                |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:redact                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:redact live                   |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
review:duty                          |  in 403 403 403 200 403 403 200 |  in 403 403 403 303 403 403 303
review:lines                         |  in 403 403 403 200 403 403 200 | 405
review:new_line                      |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
review:line                          |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
review:line unknown                  |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:letters                       |  in 403 403 403 200 403 403 200 | 405
review:letter                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
review:letter unknown                |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:close_letter                  | 405                             |  in 403 403 403 303 403 403 303
review:write                         |  in 403 403 403 200 403 403 200 |  in 403 403 403 422 403 403 422
review:write own                     |  in 403 403 403 200 403 403 403 |  in 403 403 403 422 403 403 403
review:write unknown                 |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
standing:letters                     |  in 200 200 200 200 200 200 200 | 405
standing:letter                      |  in 404 404 200 404 404 404 404 |  in 404 404 422 404 404 404 404
standing:new_letter                  |  in 200 200 200 200 200 200 200 |  in 422 422 422 422 422 422 422
standing:suspended_letter            | 200                             | 422
standing:suspended_letter forged     | 404                             | 404
standing:suspended_letter other      | 404                             | 404
review:replies                       |  in 403 403 403 200 403 403 200 | 405
review:new_reply                     |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
review:reply                         |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
review:reply unknown                 |  in 403 403 403 404 403 403 404 |  in 403 403 403 404 403 403 404
review:thread                        |  in 403 403 403 200 403 403 200 |  in 403 403 403 404 403 403 404
review:thread own                    |  in 403 403 403 200 403 403 403 |  in 403 403 403 404 403 403 403
review:thread held                   |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
moderation:report                    | 200                             | 422
moderation:report held               | 404 404 404 403 403 404 404 403 | 404 404 404 403 403 404 404 403
moderation:report members            | 404 200 200 200 200 200 200 200 | 404 422 422 422 422 422 422 422
moderation:report own                | 200 200 403 200 200 200 200 200 | 422 422 403 422 422 422 422 422
moderation:report unknown            | 404                             | 404
moderation:reported                  | 200                             | 405
moderation:reported held             | 200                             | 405
markdownx_markdownify                | 405                             | 401 200 200 200 200 200 200 200
markdownx_upload                     | 405                             | 401 422 422 403 422 422 422 422
media                                | 200                             | 405
media quarantined                    | 404                             | 405
media unknown                        | 404                             | 405
settings/                            | 302                             | 302
accounts:settings                    |  in 200 200 200 200 200 200 200 |  in 422 422 422 422 422 422 422
accounts:settings distance           |  in 200 200 200 200 200 200 200 |  in 422 422 422 422 422 422 422
accounts:settings unknown            |  in 404 404 404 404 404 404 404 |  in 404 404 404 404 404 404 404
account_signup                       | 200 302 302 302 302 302 302 302 | 422 302 302 302 302 302 302 302
account_login                        | 200 302 302 302 302 302 302 302 | 422 302 302 302 302 302 302 302
account_request_login_code           | 200 302 302 302 302 302 302 302 | 422 302 302 302 302 302 302 302
account_confirm_login_code           |  in 302 302 302 302 302 302 302 |  in 302 302 302 302 302 302 302
account_logout                       | 302 200 200 200 200 200 200 200 | 302
account_inactive                     | 200                             | 405
account_reauthenticate               |  in 200 200 200 200 200 200 200 |  in 200 200 200 200 200 200 200
account_email                        |  in 200 200 200 200 200 200 200 |  in 302 302 302 302 302 302 302
account_email_verification_sent      |  in 302 302 302 302 302 302 302 |  in 302 302 302 302 302 302 302
account_change_password              |  in 200 200 200 200 200 200 200 |  in 200 200 200 200 200 200 200
account_set_password                 |  in 302 302 302 302 302 302 302 |  in 302 302 302 302 302 302 302
account_reset_password               | 200                             | 200
account_confirm_password_reset_code  |  in                             |  in
account_complete_password_reset      | 302                             | 302
account_password_reset_completed     | 200                             | 405
mfa_index                            |  in 200 200 200 200 200 200 200 |  in 405 405 405 405 405 405 405
mfa_authenticate                     |  in 302 302 302 302 302 302 302 |  in 302 302 302 302 302 302 302
mfa_reauthenticate                   |  in 302 302 302 200 200 200 200 |  in 302 302 302 200 200 200 200
mfa_activate_totp                    |  in 200 200 200 302 302 302 302 |  in 200 200 200 302 302 302 302
mfa_deactivate_totp                  |  in 404 404 404 200 200 200 200 |  in 404 404 404 302 302 302 302
mfa_view_recovery_codes              |  in 404 404 404 200 200 200 200 |  in 405 405 405 405 405 405 405
mfa_generate_recovery_codes          |  in 200 200 200 200 200 200 200 |  in 200 200 200 302 302 302 302
mfa_download_recovery_codes          |  in 404 404 404 200 200 200 200 |  in 404 404 404 405 405 405 405
usersessions_list                    |  in 200 200 200 200 200 200 200 |  in 302 302 302 302 302 302 302
admin:stock index                    |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 200 200 200
admin:stock article                  |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 200 200 200
admin:stock article/add              |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:stock article/change           |  in 403 403 403 403 200 303 200 |  in 403 403 403 403 422 303 422
admin:stock article/delete           |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
admin:stock topic                    |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 200 200 200
admin:stock topic/add                |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 200 403 200
admin:stock standing pages           |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 200 403 200
admin:stock standing page/change     |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:stock standing page/add        |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
admin:stock user                     |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 200
admin:stock user/change              |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 302
admin:stock credential               |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 200
admin:stock failed mails             |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 200
admin:stock night                    |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 302
admin:stock distress                 |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 200
admin:stock distress/add             |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
admin:stock watched terms            |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 200
admin:stock watched term/add         |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
admin:stock synonyms                 |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 200 403 200
admin:stock synonym/add              |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:stock gaps                     |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 200 403 200
admin:stock gap/add                  |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
admin:stock second looks             |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:stock second look/add          |  in 403 403 403 403 403 403 403 |  in 403 403 403 403 403 403 403
admin:forum_secondlook_start         |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:forum_secondlook_questions     |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:forum_secondlook_settle        |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 303 403 303
admin:forum_secondlook_settle unknown|  in 403 403 403 403 405 405 405 |  in 403 403 403 403 404 403 404
admin:stock suggestions              |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 200 403 200
admin:stock unknown                  |  in 403 403 403 403 404 404 404 |  in 403 403 403 403 404 404 404
admin:articles_article_keep          |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 400 403 400
admin:articles_article_drop          |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 303 403 303
admin:articles_article_look          |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 200 403 200
admin:articles_article_source        |  in 403 403 403 403 422 403 422 |  in 403 403 403 403 405 405 405
admin:articles_article_find          |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_article_pictures      |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_article_picture       |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:articles_article_small_picture |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 405 405 405
admin:articles_article_add_picture   |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 422 403 422
admin:articles_article_present       |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 200 403 200
admin:articles_standingpage_preview  |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_standingpage_revision |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_standingpage_history  |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_standingpage_differences|  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_standingpage_publish  |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:articles_article_preview       |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 405 405 405
admin:articles_article_revision      |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 405 405 405
admin:articles_article_history       |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 405 405 405
admin:articles_article_differences   |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 405 405 405
admin:articles_article_submit        |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 303 403 303
admin:articles_article_sign_off      |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 422 422 422
admin:articles_article_review        |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 422 403 422
admin:articles_article_revoke        |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 303 403 303
admin:articles_article_deal_with     |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 303 403 303
admin:articles_article_remark        |  in 403 403 403 403 405 405 405 |  in 403 403 403 403 403 422 403
admin:articles_article_still_right   |  in 403 403 403 403 200 200 200 |  in 403 403 403 403 422 422 422
admin:articles_article_correct_form  |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:articles_article_correct_urgently|  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
admin:articles_article_call_off      |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 303 403 303
admin:articles_article_publish       |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:articles_article_readers       |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 405 405 405
admin:articles_article_archive       |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 303 403 303
admin:search_synonym_try             |  in 403 403 403 403 200 403 200 |  in 403 403 403 403 422 403 422
admin:moderation_watchedterm_try     |  in 403 403 403 403 403 403 200 |  in 403 403 403 403 403 403 422
demo:mail                            | 200                             | 405
demo:message                         | 200                             | 405
demo:message unknown                 | 404                             | 405
"""


def of_review(name: str, model: type[ReviewLink | Remark]) -> Callable[[Stage], str]:
    """What an editor does with a review link, or with what a reviewer said, of the submitted article."""

    def path(stage: Stage) -> str:
        return article(name, "submitted", model.objects.get().pk)(stage)

    return path


def of_comment(name: str, which: str) -> Callable[[Stage], str]:
    return lambda stage: reverse(f"forum:{name}", args=[stage.comments[which].pk])


def told(who: str, which: int = -1) -> Callable[[Stage], str]:
    return lambda stage: stage.notifications(who)[which].get_absolute_url()


def reported(name: str, kind: str, which: str = "public") -> Callable[[Stage], str]:
    return lambda stage: reverse(f"moderation:{name}", args=[kind, getattr(stage, f"{kind}s")[which].pk])


def picture(which: str) -> Callable[[Stage], str]:
    return lambda stage: stage.uploads[which].get_absolute_url()


def mine(name: str, which: str, *decision: str) -> Callable[[Stage], str]:
    """The item about one of the questions, or something to do with it."""
    return lambda stage: item("questions", which, *decision)(stage) + ("" if decision or name == "item" else name + "/")


ABOUT: dict[str, Callable[[Stage], str]] = {
    "standing:decision": pages.of_returned(),
    "standing:acknowledge": lambda stage: pages.of_returned()(stage) + "read/",
    "standing:suspended": pages.suspended(),
    "standing:suspended forged": pages.named("standing:suspended", "forged"),
    "review:member": pages.named("review:member", "cleo"),
    "review:member own": pages.named("review:member", "mia"),
    "review:member staff": pages.named("review:member", "rae"),
    "review:member unknown": pages.named("review:member", "nobody"),
    "review:note_on_member": pages.named("review:note_on_member", "cleo"),
    "review:note_on_member own": pages.named("review:note_on_member", "mia"),
    "review:withdraw_note unknown": pages.named("review:withdraw_note", 999_999),
    "review:reveal": pages.reveal("questions"),
    "review:reveal shown": pages.reveal("answers"),
    "review:reveal named": pages.reveal("questions", "public"),
    "review:reveal unknown": pages.named("review:reveal", "member", 1),
    "review:lift": pages.named("review:lift", "sam"),
    "review:appeal": pages.appeal(),
    "forum:topic": lambda stage: stage.topics["muscles"].get_absolute_url(),
    "forum:feed_of_articles_of_topic": pages.named("forum:feed_of_articles_of_topic", "muscles-and-nerves"),
    "forum:topic formerly": pages.named("forum:topic", "sleeping"),
    "forum:topic unknown": pages.named("forum:topic", "unknown"),
    "forum:tag": pages.named("forum:tag", "coffee"),
    "forum:tag also": pages.named("forum:tag", "espresso"),
    "forum:tag held": pages.named("forum:tag", secret("held tag")),
    "forum:tag members": pages.named("forum:tag", secret("members tag")),
    "forum:member": lambda stage: stage.people["cleo"].get_absolute_url(),
    "forum:member formerly": pages.named("forum:member", "ben"),
    "forum:member unknown": pages.named("forum:member", "unknown"),
    "forum:short": of_question("short"),
    "forum:short held": of_question("short", "held question"),
    "forum:short removed": of_question("short", "removed question"),
    "forum:question": question(),
    "forum:question members": question("members question"),
    "forum:question held": question("held question"),
    "forum:question returned": question("returned question"),
    "forum:question hidden": question("hidden question"),
    "forum:question removed": question("removed question"),
    "forum:question never": question("removed while held"),
    "forum:answer": of_question("answer"),
    "forum:answer members": of_question("answer", "members question"),
    "forum:answer held": of_question("answer", "held question"),
    "forum:answer hidden": of_question("answer", "hidden question"),
    "forum:comment_question": of_question("comment_question"),
    "forum:comment_question held": of_question("comment_question", "held question"),
    "forum:comment_question members": of_question("comment_question", "members question"),
    "forum:comments_on_question": of_question("comments_on_question"),
    "forum:comments_on_question held": of_question("comments_on_question", "held question"),
    "forum:comments_on_question members": of_question("comments_on_question", "members question"),
    "forum:comments_on_answer": of_answer("comments_on_answer"),
    "forum:comments_on_answer held": of_answer("comments_on_answer", "held answer"),
    "forum:comments_on_answer hidden": of_answer("comments_on_answer", "hidden answer"),
    "forum:place_of_answer": of_answer("place_of_answer"),
    "forum:place_of_answer members": of_answer("place_of_answer", "members answer"),
    "forum:place_of_answer held": of_answer("place_of_answer", "held answer"),
    "forum:place_of_comment": of_comment("place_of_comment", "of ana"),
    "forum:place_of_comment held": of_comment("place_of_comment", "held comment"),
    "forum:save": of_question("save"),
    "forum:save held": of_question("save", "held question"),
    "forum:follow": of_follow("question"),
    "forum:follow held": lambda stage: of_follow("question", stage.questions["held question"].pk)(stage),
    "forum:follow topic": of_follow("topic", "sleep"),
    "forum:follow held tag": of_follow("tag", secret("held tag")),
    "forum:follow draft": lambda stage: of_follow("article", stage.articles["draft"].slug)(stage),
    "forum:follow ana": of_follow("person", "ana"),
    "forum:distance": pages.named("forum:distance", "ana"),
    "forum:distance nobody": pages.named("forum:distance", "nobody"),
    "forum:seen": of_question("seen"),
    "forum:seen held": of_question("seen", "held question"),
    "forum:similar": of_question("similar"),
    "forum:similar members": of_question("similar", "members question"),
    "forum:similar held": of_question("similar", "held question"),
    "forum:settle": of_question("settle"),
    "forum:settle held": of_question("settle", "held question"),
    "forum:outcome": of_question("outcome"),
    "forum:outcome held": of_question("outcome", "held question"),
    "forum:outcome told": of_question("outcome", "mended"),
    "forum:ask_later": of_question("ask_later"),
    "forum:ask_later held": of_question("ask_later", "held question"),
    "forum:same": of_question("same"),
    "forum:same held": of_question("same", "held question"),
    "forum:same members": of_question("same", "members question"),
    "forum:edit_question": of_question("edit_question"),
    "forum:edit_question held": of_question("edit_question", "held question"),
    "forum:edit_question hidden": of_question("edit_question", "hidden question"),
    "forum:put_back_question": of_question("put_back_question", "removed question"),
    "forum:put_back_question held": of_question("put_back_question", "removed while held"),
    "forum:history_question": of_question("history_question"),
    "forum:history_question members": of_question("history_question", "members question"),
    "forum:history_question held": of_question("history_question", "held question"),
    "forum:history_question hidden": of_question("history_question", "hidden question"),
    "forum:history_question removed": of_question("history_question", "removed question"),
    "forum:history_answer": of_answer("history_answer"),
    "forum:history_answer members": of_answer("history_answer", "members answer"),
    "forum:history_answer held": of_answer("history_answer", "held answer"),
    "forum:history_answer removed": of_answer("history_answer", "removed answer"),
    "forum:history_comment": of_comment("history_comment", "of ana"),
    "forum:history_comment held": of_comment("history_comment", "held comment"),
    "forum:name_off": of_question("name_off", "edited"),
    "forum:name_off held": of_question("name_off", "held question"),
    "forum:take_back_question": of_question("take_back_question", "edited"),
    "forum:take_back_question held": of_question("take_back_question", "held question"),
    "forum:take_back_question answered": of_question("take_back_question"),
    "forum:comment_answer": of_answer("comment_answer"),
    "forum:comment_answer held": of_answer("comment_answer", "held answer"),
    "forum:comment_answer hidden": of_answer("comment_answer", "hidden answer"),
    "forum:helpful": of_answer("helpful"),
    "forum:helpful own": of_answer("helpful", "of ana"),
    "forum:helpful held": of_answer("helpful", "held answer"),
    "forum:outdated": of_answer("outdated"),
    "forum:outdated own": of_answer("outdated", "of ana"),
    "forum:outdated held": of_answer("outdated", "held answer"),
    "forum:helped": of_answer("helped"),
    "forum:helped held": of_answer("helped", "held answer"),
    "forum:edit_answer": of_answer("edit_answer", "of ana"),
    "forum:edit_answer held": of_answer("edit_answer", "held answer"),
    "forum:put_back_answer": of_answer("put_back_answer", "removed answer"),
    "forum:take_back_answer": of_answer("take_back_answer", "of ana"),
    "forum:take_back_answer held": of_answer("take_back_answer", "held answer"),
    "forum:edit_comment": of_comment("edit_comment", "of ana"),
    "forum:edit_comment held": of_comment("edit_comment", "held comment"),
    "forum:put_back_comment": of_comment("put_back_comment", "removed comment"),
    "forum:take_back_comment": of_comment("take_back_comment", "of ana"),
    "forum:take_back_comment held": of_comment("take_back_comment", "held comment"),
    "forum:feed": pages.named("forum:feed", "active"),
    "forum:feed own": pages.named("forum:feed", "following"),
    "forum:feed_of_question": of_question("feed_of_question"),
    "forum:feed_of_question members": of_question("feed_of_question", "members question"),
    "forum:feed_of_question held": of_question("feed_of_question", "held question"),
    "forum:feed_of_topic": pages.named("forum:feed_of_topic", "twitches"),
    "forum:feed_of_tag": pages.named("forum:feed_of_tag", "coffee"),
    "forum:feed_of_tag members": pages.named("forum:feed_of_tag", secret("members tag")),
    "forum:sitemap": pages.named("forum:sitemap", "questions", 0),
    "forum:sitemap unknown": pages.named("forum:sitemap", "members", 0),
    "articles:article": lambda stage: stage.articles["published"].get_absolute_url(),
    "articles:article draft": lambda stage: stage.articles["draft"].get_absolute_url(),
    "articles:helpful": lambda stage: stage.articles["published"].get_absolute_url() + "helpful/",
    "articles:helpful draft": lambda stage: stage.articles["draft"].get_absolute_url() + "helpful/",
    "articles:article archived": lambda stage: stage.articles["archived"].get_absolute_url(),
    "articles:article replaced": lambda stage: stage.articles["replaced"].get_absolute_url(),
    "articles:history": lambda stage: f"{stage.articles['published'].get_absolute_url()}history/",
    "articles:history draft": lambda stage: f"{stage.articles['draft'].get_absolute_url()}history/",
    "articles:history archived": lambda stage: f"{stage.articles['archived'].get_absolute_url()}history/",
    "articles:article formerly": pages.at(f"/articles/how-{SHARED}-of-the-eye-goes-away/"),
    "notifications:unsubscribe": lambda stage: reverse(
        "notifications:unsubscribe", args=[unsubscribe_token(stage.people["ana"].pk)]
    ),
    "notifications:unsubscribe forged": lambda stage: reverse(
        "notifications:unsubscribe", args=[f"{stage.people['ana'].pk}:forged"]
    ),
    "notifications:open": told("ana", 0),
    "notifications:open gone": told("ana", -1),
    "notifications:open unknown": pages.named("notifications:open", "unknown"),
    "review:item": mine("item", "held question"),
    "review:item own": mine("item", "of boss"),
    "review:item decided": mine("item", "hidden question"),
    "review:item unknown": pages.named("review:item", 999_999),
    "review:note_on_item": mine("note", "held question"),
    "review:take": mine("take", "held question"),
    "review:quarantine": mine("quarantine", "held question"),
    "review:release": lambda stage: reverse("review:release", args=[Quarantine.objects.latest("id").pk]),
    "review:pass_on": mine("pass", "held question"),
    "review:decide": mine("decide", "held question", "changes"),
    "review:decide unknown": mine("decide", "held question", "burn"),
    "review:undo": pages.undoing("returned question"),
    "review:redact": pages.earlier_text(),
    "review:redact live": lambda stage: reverse(
        "review:redact", args=[stage.answers["changed"].edits.get(state="live").pk]
    ),
    "review:line": pages.line(),
    "review:line unknown": pages.named("review:line", 999_999),
    "review:letter": pages.letter("review:letter"),
    "review:letter unknown": pages.named("review:letter", 999_999),
    "review:close_letter": pages.letter("review:close_letter"),
    "review:write": pages.writing(),
    "review:write own": lambda stage: reverse("review:write", args=["question", stage.questions["of boss"].pk]),
    "review:write unknown": pages.named("review:write", "member", 1),
    "standing:letter": pages.letter("standing:letter"),
    "standing:suspended_letter": pages.suspended_letter(),
    "standing:suspended_letter forged": pages.named("standing:suspended_letter", "forged", 1),
    "standing:suspended_letter other": pages.suspended_letter("to newt"),
    "review:reply": pages.reply(),
    "review:reply unknown": pages.named("review:reply", 999_999),
    "review:thread": pages.of_thread(),
    "review:thread own": pages.of_thread("of boss"),
    "review:thread held": pages.of_thread("held question"),
    "moderation:report": reported("report", "question"),
    "moderation:report held": reported("report", "question", "held question"),
    "moderation:report members": reported("report", "question", "members question"),
    "moderation:report own": reported("report", "question", "edited"),
    "moderation:report unknown": pages.named("moderation:report", "cat", 1),
    "moderation:reported": reported("reported", "question"),
    "moderation:reported held": reported("reported", "question", "held question"),
    "media": picture("shown"),
    "media quarantined": picture("quarantined"),
    "media unknown": pages.named("media", "2026/01/nothing.webp"),
    "settings/": pages.at("/settings/"),
    "accounts:settings": pages.named("accounts:settings", "profile"),
    "accounts:settings distance": pages.named("accounts:settings", "distance"),
    "accounts:settings unknown": pages.named("accounts:settings", "unknown"),
    "admin:articles_article_picture": pages.picture("shown"),
    "admin:articles_article_small_picture": pages.small_picture("shown"),
    "admin:articles_article_present": article("present", "draft"),
    "admin:articles_standingpage_preview": pages.standing_page("preview"),
    "admin:articles_standingpage_revision": pages.standing_page("revision", 1),
    "admin:articles_standingpage_history": pages.standing_page("history"),
    "admin:articles_standingpage_differences": pages.standing_page("differences"),
    "admin:articles_standingpage_publish": pages.standing_page("publish"),
    "admin:articles_article_preview": article("preview", "draft"),
    "admin:articles_article_revision": article("revision", "draft", 1),
    "admin:articles_article_history": article("history", "draft"),
    "admin:articles_article_differences": article("differences", "draft"),
    "admin:articles_article_submit": article("submit", "draft"),
    "admin:articles_article_sign_off": article("sign_off", "submitted"),
    "admin:articles_article_publish": article("publish", "submitted"),
    "admin:articles_article_review": article("review", "submitted"),
    "admin:articles_article_revoke": of_review("revoke", ReviewLink),
    "admin:articles_article_deal_with": of_review("deal_with", Remark),
    "admin:articles_article_remark": article("remark", "submitted", 1),
    "admin:articles_article_still_right": article("still_right", "published"),
    "admin:articles_article_correct_form": article("correct_form", "published"),
    "admin:articles_article_correct_urgently": article("correct_urgently", "published"),
    "admin:articles_article_call_off": article("call_off", "submitted"),
    "for_review:read": pages.for_review("read"),
    "for_review:read guess": pages.named("for_review:read", "guess"),
    "for_review:remark": pages.for_review("remark"),
    "for_review:approve": pages.for_review("approve"),
    "admin:articles_article_readers": article("readers", "published"),
    "admin:articles_article_archive": article("archive", "published"),
    "demo:message": pages.named("demo:message", "newest-0"),
    "demo:message unknown": pages.named("demo:message", "unknown"),
    "admin:stock index": pages.named("admin:index"),
    "admin:stock article": pages.named("admin:articles_article_changelist"),
    "admin:stock article/add": pages.named("admin:articles_article_add"),
    "admin:stock article/change": article("change", "draft"),
    "admin:stock article/delete": article("delete", "draft"),
    "admin:stock topic": pages.named("admin:articles_topic_changelist"),
    "admin:stock topic/add": pages.named("admin:articles_topic_add"),
    "admin:stock standing pages": pages.named("admin:articles_standingpage_changelist"),
    "admin:stock standing page/change": pages.standing_page("change"),
    "admin:stock standing page/add": pages.named("admin:articles_standingpage_add"),
    "admin:stock user": pages.named("admin:accounts_user_changelist"),
    "admin:stock user/change": lambda stage: reverse("admin:accounts_user_change", args=[stage.people["ana"].pk]),
    "admin:stock credential": pages.named("admin:accounts_credential_changelist"),
    "admin:stock failed mails": pages.named("admin:notifications_givenupmail_changelist"),
    "admin:stock night": pages.named("admin:moderation_nightrules_add"),
    "admin:stock distress": pages.named("admin:moderation_distressrules_changelist"),
    "admin:stock distress/add": pages.named("admin:moderation_distressrules_add"),
    "admin:stock watched terms": pages.named("admin:moderation_watchedterm_changelist"),
    "admin:stock watched term/add": pages.named("admin:moderation_watchedterm_add"),
    "admin:stock synonyms": pages.named("admin:search_synonym_changelist"),
    "admin:stock synonym/add": pages.named("admin:search_synonym_add"),
    "admin:stock gaps": pages.named("admin:search_gap_changelist"),
    "admin:stock second looks": pages.named("admin:forum_secondlook_changelist"),
    "admin:stock second look/add": pages.named("admin:forum_secondlook_add"),
    "admin:forum_secondlook_start": pages.starting("public"),
    "admin:forum_secondlook_questions": pages.behind("draft"),
    "admin:forum_secondlook_settle": lambda stage: reverse(
        "admin:forum_secondlook_settle", args=[stage.answers["public"].second_looks.get().pk]
    ),
    "admin:forum_secondlook_settle unknown": pages.named("admin:forum_secondlook_settle", 999_999),
    "admin:stock gap/add": pages.named("admin:search_gap_add"),
    "admin:stock suggestions": pages.named("admin:search_suggestionday_changelist"),
    "admin:stock unknown": pages.at("/admin/unknown/"),
}


ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()[1:]]
# Who stands for everybody, where everybody is answered alike.
ANYBODY = ("guest", "boss")
REFUSED = ("405", "in", "401", "404")
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Without a token of ours: it only reads, or counts what no person can be known by, and whoever holds the link from a
# mail may.
WITHOUT_TOKEN = {
    "forum:suggestions",
    "forum:opened_suggestion",
    "forum:told_of_suggestions",
    "notifications:unsubscribe",
}
# What is written down of a visit is for the visitor's own next page.
WRITES_ON_GET = re.compile(r"django_session|mfa_authenticator")


def name_in(row: str) -> str:
    return row.partition(" ")[0]


def path_of(row: str, stage: Stage) -> str:
    return ABOUT[row](stage) if row in ABOUT else reverse(row)


def expected(part: str) -> dict[str, str]:
    statuses = part.split()
    return dict(zip(WHO, statuses, strict=True)) if len(statuses) > 1 else dict.fromkeys(ANYBODY, part)


def answers_of(stage: Stage, method: str, path: str, people: Iterable[str]) -> dict[str, str]:
    """What each of them is answered; whatever that changed is undone."""
    return {who: answer_of(stage.client(who), method, path) for who in people}


def answer_of(client: Client, method: str, path: str) -> str:
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    forget()
    to = response.headers.get("Location", "")
    if to.startswith("/admin/login/"):
        return answer_of(client, "get", to)
    return "in" if to.startswith(("/accounts/login/", "/accounts/signup/")) else str(response.status_code)


@pytest.fixture(autouse=True)
def a_refusal_is_one_word(monkeypatch) -> None:
    """What stands on the page of a refusal is looked at where everybody walks the site; here its status counts."""
    page = engines["django"].from_string("Refused")
    monkeypatch.setattr(defaults, "loader", SimpleNamespace(get_template=lambda name: page))


def test_every_address_has_its_row():
    assert {name_in(row) for row, *_ in ROWS} == {*KIND, STOCK_ADMIN} == pages.names()


@pytest.mark.parametrize(("row", "get", "post"), ROWS, ids=[row for row, *_ in ROWS])
def test_everybody_gets_what_is_theirs_and_nothing_changes_on_get(stage, demo_mails, row, get, post):
    path = path_of(row, stage)
    with CaptureQueriesContext(connection) as statements:
        assert answers_of(stage, "get", path, expected(get)) == expected(get)
    wrote = [one["sql"][:200] for one in statements if WRITES.match(one["sql"])]
    assert "200" not in get or [sql for sql in wrote if not WRITES_ON_GET.search(sql)] == []
    assert answers_of(stage, "post", path, expected(post)) == expected(post)


def test_nothing_is_taken_without_a_token(stage):
    for row, _, post in ROWS:
        who, wanted = next(((who, status) for who, status in expected(post).items() if status not in REFUSED), ("", ""))
        if not who or name_in(row) in WITHOUT_TOKEN:
            continue
        answered = answer_of(stage.client(who, enforce_csrf_checks=True), "post", path_of(row, stage))
        assert answered == "403", f"{row}: {answered} for {who}, {wanted} with a token"


def test_admin_and_queue_ask_everybody_for_the_second_step(stage):
    session = stage.client("boss").session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = []
    session.save()
    for row, get, _ in ROWS:
        if row.startswith(("review:", "admin:")):
            method = "post" if get == "405" else "get"
            client = stage.client("boss")
            response = getattr(client, method)(path_of(row, stage))
            assert response.headers.get("Location", "").startswith("/accounts/2fa/reauthenticate/"), row


def test_no_page_of_the_admin_opens_for_anybody_else(stage):
    """Also not one of a room that is added later."""
    for model in admin.site._registry:
        for page, *args in (("changelist",), ("add",), ("change", 1), ("delete", 1), ("history", 1)):
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
            assert answers_of(stage, "get", path, ("guest", "eve", "mia")) == {
                "guest": "in",
                "eve": "403",
                "mia": "403",
            }
            assert answers_of(stage, "post", path, ("guest", "eve", "mia")) == {
                "guest": "in",
                "eve": "403",
                "mia": "403",
            }
