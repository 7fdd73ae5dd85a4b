"""`python -m cli` is `wegwijs`."""

from cli.main import main

main()
