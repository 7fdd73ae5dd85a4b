"""What the command says to the person at the terminal: short lines, and errors that say how to mend them."""

import sys
from typing import NoReturn


def tell(line: str) -> None:
    """A line of progress; on standard error, so that a command's output stays clean for a pipe."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def give_up(what: str, mend: str = "") -> NoReturn:
    """Stop with one clear line that says what happened and how to mend it."""
    tell(f"✗ {what} {mend}".rstrip())
    raise SystemExit(1)
