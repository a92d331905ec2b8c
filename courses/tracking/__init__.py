"""Learning events, append-only, and the progress that follows from them."""
