"""The pages: the widget for school websites, the chat panel and the demo schools."""
