"""Services of others, played by programs that know only their documents."""
