"""What is said of a precondition or an offer beside its item, in words."""

from stancectl.analysis.positions import Part
from stancectl.model.statements import Personnel


def terms(part: Part) -> str | None:
    """A part's people and note in words: `6000 to 10000 people; in rear areas`."""
    words = [people(part.personnel), part.note]
    return "; ".join(word for word in words if word) or None


def people(personnel: Personnel) -> str | None:
    """How many people an offer names, in words; None where it names none."""
    least, most = personnel
    if least == most:
        return None if least is None else f"{least} people"
    if least is None or most is None:
        return f"up to {most} people" if least is None else f"{least} people or more"
    return f"{least} to {most} people"
