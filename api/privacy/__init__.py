"""What is kept, for how long, and how it goes away."""
