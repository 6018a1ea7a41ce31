"""The part that knows every room: URLs, home, worklist, navigation, search, health and error pages.
"""
