"""PDFs: from letters on pages to paragraphs."""
