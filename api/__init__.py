"""The only door: HTTP, conversations, coaches."""
