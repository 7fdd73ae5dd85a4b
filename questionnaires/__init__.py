"""Questionnaires: items, sessions, scores, checks and tips. Pure: text and YAML in, results out."""
