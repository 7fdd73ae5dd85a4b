"""The schools: country, language, team, hours and looks."""
