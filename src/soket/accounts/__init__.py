"""Layer 4: people who sign in and the posts they hold at units for a time.

Words: *person* (one account), *post* (an office held at a unit from one day to another), *office*
(what a post allows), *reach* (the units an office covers on a day). Invariants: access follows dated
posts, never flags; outside one's reach a thing does not exist (404).
"""
