"""Pictures of what is said, as SVG: for people who would rather look than read."""
