"""The pages of a PDF as they are: drawn, marked and read in a view that scrolls."""
