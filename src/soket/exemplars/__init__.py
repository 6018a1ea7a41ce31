"""Layer 9: emulation movements, and models worth copying with who copied them.

Words: *movement* (phong trào thi đua), *registration* and *recognition* (đăng ký, công nhận), *exemplar* (mô hình, điển hình
tiên tiến), *adoption* (nhân rộng), *spread*. An exemplar belongs to a unit: a collective of it, or an official in their post.
Invariants: whoever registers or proposes never recognises; nothing is recognised beyond what was registered; the typed totals
agree with their parts; a figure before or after opens to a frozen edition or names its source outside; one unit has one open
adoption of an exemplar; what was published and withdrawn stays in sight with its reason.
"""
