"""`python -m arkwright` is the `arkwright` command."""

from arkwright.cli import main

main()
