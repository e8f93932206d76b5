"""What a page shows, put ready for its template: nothing is decided here."""
