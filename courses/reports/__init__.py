"""Who is enrolled, how far, finished when: for HR and for masters."""
