"""Work after the request, by subject."""
