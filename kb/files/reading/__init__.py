"""Reading of files: what stands in them, place by place, and pictures of their pages."""
