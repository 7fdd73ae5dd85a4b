"""Handing a conversation to a person: cases, who is asked, who speaks, and when."""
