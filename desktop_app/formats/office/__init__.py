"""What Word, OpenDocument and RTF files have in common."""
