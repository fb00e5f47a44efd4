"""A country to add a statement to, the flags that tell of one, and the lines that then come in."""

TURKEY = """\
country: TR
name: Turkey
aliases: [Türkiye]
statements:
  - id: 2025-03-06-mod
    date: 2025-03-06
    speaker: Ministry of National Defence
    summary: Said so.
    sources:
      - url: https://example.org/
"""
NEEDED = ("--date", "2025-11-27", "--speaker", "Yaşar Güler", "--summary", "Not yet.", "--source", "https://example.org/a")
ADDED = """\

  - id: 2025-11-27-guler
    date: 2025-11-27
    speaker: Yaşar Güler
    summary: Not yet.
    sources:
      - url: https://example.org/a
"""
