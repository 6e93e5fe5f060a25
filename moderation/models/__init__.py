"""What waits for a moderator, what was reported, the log of what was decided, what was done about members, who helps
at once, and how many of all that there were."""

from moderation.models.distress import DistressRules
from moderation.models.duty import Alert, DutyHours, NightRules
from moderation.models.figures import DayFigures
from moderation.models.handovers import Handover
from moderation.models.items import REPORT, URGENT, ReviewItem, apart_from
from moderation.models.letters import Letter, LetterMessage
from moderation.models.lines import LineRecord, SupportLine
from moderation.models.log import Decision, Words
from moderation.models.notes import Note
from moderation.models.prints import Mark, Print
from moderation.models.quarantine import Quarantine
from moderation.models.replies import SavedReply
from moderation.models.reports import Report
from moderation.models.reveals import Reveal
from moderation.models.sanctions import Appeal, Sanction
from moderation.models.spared import Break, Spared
from moderation.models.watched import WatchedTerm

__all__ = [
    "REPORT",
    "URGENT",
    "Alert",
    "Appeal",
    "Break",
    "DayFigures",
    "Decision",
    "DistressRules",
    "DutyHours",
    "Handover",
    "Letter",
    "LetterMessage",
    "LineRecord",
    "Mark",
    "NightRules",
    "Note",
    "Print",
    "Quarantine",
    "Report",
    "Reveal",
    "ReviewItem",
    "Sanction",
    "SavedReply",
    "Spared",
    "SupportLine",
    "WatchedTerm",
    "Words",
    "apart_from",
]
