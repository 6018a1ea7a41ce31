"""Layer 0: what at least three rooms need and no room owns.

Words: *actor* (who acts), *door* (the only opening for writes), *locked model* (a row that can be
written only inside the door), *guard* (a database trigger), *period* (a reporting period with exact
edges). Invariants: knows no room; under 500 lines; imports Django only where a row or a form needs it.
"""
