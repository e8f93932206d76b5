"""What the pages of the plan say."""
