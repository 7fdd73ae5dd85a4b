"""What every room stands on: settings, databases, errors, the clock and the log. Imports no room."""
