"""The `wegwijs` command: prepares, serves, trains, measures."""
