"""Questions as rows with append-only versions; marking."""
