"""What this room does when something has happened elsewhere."""
