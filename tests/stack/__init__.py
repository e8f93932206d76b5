"""The two commands: what `./run` promises to a stranger on a fresh machine."""
