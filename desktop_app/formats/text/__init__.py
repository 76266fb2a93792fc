"""Letters, paragraphs, links and pictures, as every kind of file has them."""
