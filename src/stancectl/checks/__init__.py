"""What makes a registry trustworthy: one rule a file in `rules`, and what runs them."""
