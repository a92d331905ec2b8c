"""Web, task worker and search drain as children of one process."""
