"""Everything Qt; speaks only to the library and to plain values."""
