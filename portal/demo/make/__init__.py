"""Writes the demo's files (PDF, PPTX, DOCX, XLSX, video) from its texts and pictures; needs the development requirements."""
