"""What one does with a query beside typing it: parts, filters, suggestions."""
