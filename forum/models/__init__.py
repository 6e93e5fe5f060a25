"""What the forum stores: posts, their texts over time, marks, tags, follows, and what points at any of them."""

from forum.models.follows import Follow
from forum.models.marks import Helpful, Outdated, SameQuestion, Saved, Visit
from forum.models.posts import Post
from forum.models.prompts import Prompt, SecondLook
from forum.models.questions import Question
from forum.models.replies import Answer, Comment
from forum.models.tags import Tag, Tagging, TagSynonym
from forum.models.targets import Edit, Target
from forum.models.tellings import Telling

__all__ = [
    "Answer",
    "Comment",
    "Edit",
    "Follow",
    "Helpful",
    "Outdated",
    "Post",
    "Prompt",
    "Question",
    "SameQuestion",
    "Saved",
    "SecondLook",
    "Tag",
    "TagSynonym",
    "Tagging",
    "Target",
    "Telling",
    "Visit",
]
