"""Facts this room announces after commit."""
from __future__ import annotations

from django.dispatch import Signal

# article_id: int. What the public may read of it has changed: released, corrected, taken down, given sound, expired.
released = Signal()
# narration_id: int. A recording waits to be levelled, or a text to be read.
narration_asked = Signal()
# arrival_id: int. An archive waits to be read, or a read one to be taken over.
arrival_asked = Signal()
# Categories or old addresses changed: what stands around every public page.
frame_changed = Signal()
