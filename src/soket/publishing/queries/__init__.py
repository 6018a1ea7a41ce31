"""Reads of statements: the desk's, within reach; the public's, from released copies alone."""
from soket.publishing.queries.desk import (
    DeskArticle,
    desk_article,
    desk_articles,
    figures_to_cite,
    head_of,
    history_of,
    is_outdated,
    latest_release,
    may_begin,
    office_names,
    parsed,
    preview,
    reviews_to_cite,
    state_of,
    title_of,
)
from soket.publishing.queries.released import Released, ReleasedNotice, release_of, released_articles, same_review, told
from soket.publishing.queries.work import corrections_due, waiting_for
