"""Papers rendered once for the whole room: reading them back is what the tests are about."""
from __future__ import annotations

from io import BytesIO

import docx
import pdfplumber
import pytest
from docx.document import Document

from soket.documents.queries import render_docx, render_pdf

from .sample import interim_report, provincial_report


@pytest.fixture(scope="session")
def joint_pdf() -> bytes:
    return render_pdf(interim_report())


@pytest.fixture(scope="session")
def joint_pages(joint_pdf):
    with pdfplumber.open(BytesIO(joint_pdf)) as document:
        yield document.pages


@pytest.fixture(scope="session")
def single_pages():
    with pdfplumber.open(BytesIO(render_pdf(provincial_report()))) as document:
        yield document.pages


@pytest.fixture(scope="session")
def joint_docx() -> bytes:
    return render_docx(interim_report())


@pytest.fixture(scope="session")
def joint_word(joint_docx) -> Document:
    return docx.Document(BytesIO(joint_docx))


@pytest.fixture(scope="session")
def single_word() -> Document:
    return docx.Document(BytesIO(render_docx(provincial_report())))
