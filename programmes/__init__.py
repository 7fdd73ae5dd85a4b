"""What can be studied, where and how to get in: the catalogue, the facts, the deadlines and the helplines."""
