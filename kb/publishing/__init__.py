"""From draft to release: submission, review, releases, notices."""
