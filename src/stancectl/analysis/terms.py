"""What a part of a position says beside its item, in words."""

from stancectl.analysis.positions import Part


def terms(part: Part) -> str | None:
    """A part's people and note in words: `6000 to 10000 people; in rear areas`."""
    words = [people(part), part.note]
    return "; ".join(word for word in words if word) or None


def people(part: Part) -> str | None:
    """How many people an offer names, in words; None where it names none."""
    least, most = part.personnel.min, part.personnel.max
    if least == most:
        return None if least is None else f"{least} people"
    if least is None or most is None:
        return f"up to {most} people" if least is None else f"{least} people or more"
    return f"{least} to {most} people"
