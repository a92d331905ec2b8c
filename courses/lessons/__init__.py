"""Course pages, lesson pages, lesson types, and the releases that enrolments pin."""
