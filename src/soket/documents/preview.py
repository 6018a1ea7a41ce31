"""Pages of a PDF as pictures, for people and tests to look at. Needs the test group (pypdfium2, pillow)."""
from __future__ import annotations

from pathlib import Path


def pages_as_png(pdf: bytes, folder: Path, *, stem: str = "page", dpi: int = 110) -> list[Path]:
    """Write `page-01.png`, … into an existing or new folder and return the files in page order.

    Raises RuntimeError, naming the missing group, where the reader of PDF is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise RuntimeError("page pictures need the packages of requirements/test.lock (pypdfium2, pillow)") from error
    folder.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(pdf)
    try:
        files = []
        for index in range(len(document)):
            file = folder / f"{stem}-{index + 1:02d}.png"
            document[index].render(scale=dpi / 72).to_pil().save(file)
            files.append(file)
        return files
    finally:
        document.close()
