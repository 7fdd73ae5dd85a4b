"""The public Catalogue API: programmes, facts and deadlines, read-only."""
