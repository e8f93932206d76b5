"""Lists of persons as people make them, CSV or Excel: taken apart, looked at, and read row by row.

A row that cannot be used never takes another with it. Nothing of what a cell said stands in a
reason, because reasons are kept and rows are not. INT-06.
"""

from cases.documents.lists import MAX_ROWS, look, read_list, read_rows
from cases.documents.workbook import MAX_BYTES, TOO_LARGE, Unreadable

__all__ = ["MAX_BYTES", "MAX_ROWS", "TOO_LARGE", "Unreadable", "look", "read_list", "read_rows"]
