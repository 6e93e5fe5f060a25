"""What the forum stores: posts, their texts over time, marks, and what points at any of them."""

from forum.models.marks import Helpful, SameQuestion
from forum.models.posts import Answer, Comment, Post, Question
from forum.models.targets import Edit, Target

__all__ = ["Answer", "Comment", "Edit", "Helpful", "Post", "Question", "SameQuestion", "Target"]
