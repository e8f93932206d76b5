"""What the wall costs: the questions of the pages, measured in a house of any size.

`./run bench 100000` builds a house of so many cases, asks the questions that the pages ask, by the
functions that the pages call, and puts them beside SQL that knows beforehand who may see what.
It is red when a gate fails (gates.py). See docs/benchmarks.md and docs/adr/0018.
"""
