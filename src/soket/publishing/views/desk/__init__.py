"""The desk: its list, the steps of a text, times, locks, comparison, categories. Outside one's own offices everything is 404."""
