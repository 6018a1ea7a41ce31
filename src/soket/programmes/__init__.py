"""Layer 5: joint programmes and who owes what by when.

Words: *programme*, *party*, *obligation* (what is owed, by which units, by when), *duty* (obligation ×
unit), *claim* (the unit says it has done it, with a document), *coverage* (accepted ÷ owed, both by
name). Invariants: a duty's states are dated rows; a unit that ended closes by succession, fulfilment or
lapse and never just drops out; excused leaves the denominator visibly; a rate never exceeds 100 %.
"""
