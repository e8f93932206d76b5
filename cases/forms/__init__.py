"""What people may type, and the words that say how to repair it."""
