"""What a registry is: statements, countries, vocabulary, dates. Frozen data; imports nothing else of ours."""
