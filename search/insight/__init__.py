"""What is asked and not found, what is opened and at which rank, and what editors put first. No trace of persons."""
