"""Layer 2: official papers rendered from plain data as Word and PDF, and the registers that number them. Knows no room.

Words: *paper* (văn bản: everything one official paper says), *kind* (loại: facts and their builder), *layout* (thể
thức: the dated, cited measures it is set in), *slot* (ô: a numbered place of the layout), *figure code* (the short mark
behind a figure, `[H1-07]`), *verification* (the seal code, digest, key and QR at the end), *register* (sổ: one issuer's
series of numbers in one year).
Doors: `core` for the data and the layouts, `kinds` for papers of commendation, `queries` for rendering and reading,
`actions` for taking numbers.
Invariants: the same paper gives the same bytes; both renderers set the same plan, so Word and PDF say the
same words; text is data and never markup; no character is lost: what the type cannot show is refused. Numbers of a
register have no gap, are given once and run with the days.
Prose: docs/algorithms/papers.md.
"""
