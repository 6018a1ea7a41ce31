"""What anyone may read: released copies, the lists around them, and the panels behind their claims. Only the public store is asked."""
from soket.publishing.views.public.articles import article
from soket.publishing.views.public.frame import missing
from soket.publishing.views.public.pages import accessibility, archive, articles, category, day, elsewhere, language, tag
from soket.publishing.views.public.twins import data, figure, figure_data, figure_table, file, seal, table

__all__ = [
    "accessibility",
    "archive",
    "article",
    "articles",
    "category",
    "data",
    "day",
    "elsewhere",
    "figure",
    "figure_data",
    "figure_table",
    "file",
    "language",
    "missing",
    "seal",
    "table",
    "tag",
]
