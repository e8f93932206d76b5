"""The signed plan on paper: drawn and sealed, and looked at again when somebody brings it."""

from maatwerkplan.documents.drawing import TextTampered, draw
from maatwerkplan.documents.paper import Paper, paper_of

__all__ = ["Paper", "TextTampered", "draw", "paper_of"]
