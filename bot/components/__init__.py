"""Rasa's side of the bot (Python 3.10): the only place that imports rasa."""
