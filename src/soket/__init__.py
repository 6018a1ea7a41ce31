"""Soket: joint programmes from obligation to public figure, each figure opening to its evidence."""
