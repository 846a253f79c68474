"""Starts graphkit's command line from a checkout: `python cli.py --help`."""

from graphkit.cli import main

if __name__ == "__main__":
    main()
