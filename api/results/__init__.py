"""A result outside the chat: by a link of its own, on a page that prints well, and as a tagged PDF."""
