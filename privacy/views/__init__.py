"""The pages of supervision: what the FG starts from, and who looked."""
