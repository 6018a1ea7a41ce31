"""Reads of statements: the desk's, within reach; the public's, from released copies alone."""
from soket.publishing.queries.contents import copy_of, extras_of, is_withdrawn, photo_entries
from soket.publishing.queries.desk import (
    DeskArticle,
    desk_article,
    desk_articles,
    head_of,
    history_of,
    is_outdated,
    latest_release,
    may_begin,
    office_names,
    parsed,
    planned,
    reviews_to_cite,
    state_of,
    title_of,
)
from soket.publishing.queries.released import kept, moment, newest, release_of, shelf
from soket.publishing.queries.work import corrections_due, waiting_for
from soket.publishing.showing import Piece, Released, ReleasedNotice

__all__ = [
    "DeskArticle",
    "Piece",
    "Released",
    "ReleasedNotice",
    "copy_of",
    "corrections_due",
    "desk_article",
    "desk_articles",
    "extras_of",
    "head_of",
    "history_of",
    "is_outdated",
    "is_withdrawn",
    "kept",
    "latest_release",
    "moment",
    "newest",
    "may_begin",
    "office_names",
    "parsed",
    "photo_entries",
    "planned",
    "release_of",
    "reviews_to_cite",
    "shelf",
    "state_of",
    "title_of",
    "waiting_for",
]
