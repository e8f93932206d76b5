"""The pages of the joint agenda."""
