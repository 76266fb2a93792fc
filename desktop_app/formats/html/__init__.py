"""Web pages: the article, the whole page, what stands in it and what it says about itself."""
