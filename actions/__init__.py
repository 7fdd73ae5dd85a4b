"""What the bot does when a rule says so: reads slots, asks the catalogue, says keys and cards. One action a file."""
