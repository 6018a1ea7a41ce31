"""Layer 2: official papers rendered from plain data as Word and PDF. Knows no room and no tables.

Words: *paper* (văn bản: everything one official paper says), *layout* (thể thức: the dated, cited measures
it is set in), *slot* (ô: a numbered place of the layout), *figure code* (the short mark behind a figure,
`[H1-07]`), *verification* (the seal code, digest, key and QR at the end).
Doors: `core` for the data and the layouts, `queries` for rendering.
Invariants: the same paper gives the same bytes; both renderers set the same plan, so Word and PDF say the
same words; text is data and never markup; no character is lost: what the type cannot show is refused.
Prose: docs/algorithms/papers.md.
"""
