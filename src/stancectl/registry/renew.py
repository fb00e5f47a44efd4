"""The store brought up to date: all files compiled anew, or those that changed."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Never

from stancectl.model.registry import Country
from stancectl.registry import build, files, store
from stancectl.registry.across import cross_check
from stancectl.registry.compiled import compile_files, read
from stancectl.registry.files import EVENTS, VOCABULARY, File, Stamp
from stancectl.registry.parallel import Progress
from stancectl.registry.plain_yaml import Amiss, value_of
from stancectl.registry.readings import Known, Reading, known_ids, slug_of

Plain = dict[str, Any]


def renew(folder: Path, stamps: Mapping[str, Stamp], kept: store.Store | None, progress: Progress | None) -> None:
    """Make the store of the registry in `folder` one of files with these stamps; `kept` is the present one, if it can be read.

    A changed vocabulary changes what every file may say, so that all are read. Raises InvalidRegistry with everything that
    is wrong in the registry, or one of `store.Broken` where the store cannot be read or written.
    """
    if kept is not None and kept.stamps.get(VOCABULARY) != stamps[VOCABULARY]:
        kept = None
    unchanged = {name for name, stamp in stamps.items() if kept is not None and kept.stamps.get(name) == stamp}
    with store.replacing(folder, anew=kept is None) as writer:
        given = [files.read(folder, name) for name in stamps if name not in unchanged]
        found = [each for each in given if isinstance(each, File)]
        words = kept.head(VOCABULARY) if kept is not None else _words(found)
        if words is None or len(found) < len(given):
            _tell(folder, stamps)
        results = compile_files(found, known_ids(words), build.vocabulary(words))
        readings = []
        with closing(progress(results, len(found)) if progress else results) as coming:
            for reading, compiled in coming:
                if compiled is None:
                    _tell(folder, stamps)
                writer.put(compiled, stamps[compiled.name])
                readings.append(reading)
        if kept is not None:
            readings += [Reading(name, kept.facts(name), ()) for name in unchanged]
            for name in kept.stamps.keys() - stamps.keys():
                writer.remove(name)
        if any(cross_check(readings)):
            _tell(folder, stamps)
        facts = {each.name: each.value for each in readings if each.name not in (VOCABULARY, EVENTS)}
        writer.finish(folder, build.names(_named(name, value) for name, value in facts.items() if value is not None))


def _words(found: list[File]) -> Plain | None:
    """The value of the vocabulary among the files; None where anything is wrong with it."""
    given = {file.name: file for file in found}
    if VOCABULARY not in given:
        return None
    try:
        known: Known = known_ids(value_of(given[VOCABULARY].data))
    except Amiss:
        from stancectl.registry.read import ids_in, vocabulary_in

        known = ids_in(vocabulary_in(given))
    reading = read(given[VOCABULARY], known)
    return None if reading.problems else reading.value


def _tell(folder: Path, stamps: Mapping[str, Stamp]) -> Never:
    """Raise InvalidRegistry with all that is wrong: only a whole reading finds it."""
    from stancectl.registry.read import check_files

    check_files(files.read(folder, name) for name in stamps)
    raise ValueError("what was wrong is mended by now")


def _named(name: str, facts: Plain) -> Country:
    return Country(slug_of(name), facts["country"], facts["name"], tuple(facts.get("aliases", ())), ())
