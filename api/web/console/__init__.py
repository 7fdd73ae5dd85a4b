"""The coaches' console: its page and its words. Their data comes over the API alone."""
