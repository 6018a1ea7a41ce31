"""Tables of the room, by subject."""
from soket.publishing.models.arrivals import Arrival, ArrivalRow, Redirect
from soket.publishing.models.articles import Article, ArticleState, ArticleStateName, EditLock, ReleasedCopy, Revision, RevisionTag
from soket.publishing.models.library import Photo, PressFile, Rendition, RevisionPhoto
from soket.publishing.models.shelves import Category
from soket.publishing.models.sound import Narration, NarrationKind, NarrationState

__all__ = [
    "Arrival", "ArrivalRow", "Article", "ArticleState", "ArticleStateName", "Category", "EditLock", "Narration", "NarrationKind", "NarrationState",
    "Photo", "PressFile", "Redirect", "ReleasedCopy", "Rendition", "Revision", "RevisionPhoto", "RevisionTag",
]
