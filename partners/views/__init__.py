"""Pages about the table of partners and its people."""
