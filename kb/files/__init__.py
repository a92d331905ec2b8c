"""Files: what may be uploaded and how it is served."""
