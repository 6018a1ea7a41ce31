"""Pages of the room: programmes as documents, obligations with their coverage, duties with their acts."""
