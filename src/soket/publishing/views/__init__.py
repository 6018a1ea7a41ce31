"""Pages: `public` reads released copies alone, `desk` is for those who write and approve."""
