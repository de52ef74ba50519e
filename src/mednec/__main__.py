"""`python -m mednec` does what the command `mednec` does."""

from mednec.cli import main

if __name__ == "__main__":
    main()
