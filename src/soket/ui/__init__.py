"""What pages are made of: styles, the page frame, components, page tags, small scripts. Knows no room.

Words: a *figure* is a number that can be opened; its *panel* says where it comes from (`panel.py`);
a *component* is one include under `templates/ui/components`; the *frame* is `ui/base.html` inside and
`ui/public_base.html` outside; the *gallery* shows every component in every state.
Invariants: no inline script or style; every page works without a script; a number, a zero, "no figure
yet" and "not comparable" never look alike; a share that is not whole never prints as 100; crimson
stands for the seal and for what breaks it, nothing else. The author's cheat-sheet is docs/ui.md.
"""
