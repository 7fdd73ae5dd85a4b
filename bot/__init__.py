"""Understanding: text in, meaning out. Imports nothing of ours; only `components/` knows Rasa."""
