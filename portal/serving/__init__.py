"""Web, task worker, search drain and clock as children of one process."""
