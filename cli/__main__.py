"""`python -m cli` is `wegwijs`."""

from cli.main import main

if __name__ == "__main__":  # a process that encodes imports this again
    main()
