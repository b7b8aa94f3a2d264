"""Run the command line with `python -m beholden`."""

from beholden.cli import main

main()
