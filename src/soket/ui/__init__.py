"""Components, styles, page tags and small scripts; knows no room.
"""
