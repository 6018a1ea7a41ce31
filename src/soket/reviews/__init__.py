"""Layer 8: interim and final reviews, drafted, signed by all parties, frozen and sealed.

Words: *review* (sơ kết, tổng kết), *wanted figure*, *edition*, *dossier* (hồ sơ), *signature*, *freeze*,
*citation*. Invariants: all parties sign one digest; freezing is copy, name and hash in one transaction,
once; a later correction is a new edition with a reason; whoever cited the old one is flagged.
"""
