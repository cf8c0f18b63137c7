"""`python -m finder`: the same answers on the command line."""

from finder.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
