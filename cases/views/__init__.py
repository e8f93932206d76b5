"""The pages of a case: one thin function each, by part of the work."""
