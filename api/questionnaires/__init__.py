"""Questionnaires in the conversation: what is kept of them, what a message does to them, and how they are told."""
