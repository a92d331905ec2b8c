"""What runs in the process of its own that reads a hostile file. No Django, no site, nothing of ours but this folder."""
