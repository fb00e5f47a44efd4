"""The store brought up to date: all files compiled anew, or those that changed."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Never

from stancectl.registry import build, files, store
from stancectl.registry.across import Facts, names_in
from stancectl.registry.compiled import compile_files, read
from stancectl.registry.files import EVENTS, VOCABULARY, File, Stamp
from stancectl.registry.parallel import Progress
from stancectl.registry.plain_yaml import Amiss, value_of
from stancectl.registry.readings import Known, known_ids

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
        facts = dict[str, Facts]()
        with closing(progress(results, len(found)) if progress else results) as coming:
            for compiled in coming:
                if compiled is None:
                    _tell(folder, stamps)
                writer.put(compiled, stamps[compiled.name])
                if compiled.facts is not None:
                    facts[compiled.name] = compiled.facts
        if kept is not None:
            facts |= {name: kept.facts(name) for name in unchanged if name not in (VOCABULARY, EVENTS)}
            for name in kept.stamps.keys() - stamps.keys():
                writer.remove(name)
        names = names_in(facts)
        if names is None:
            _tell(folder, stamps)
        writer.finish(folder, names)


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
    return read(given[VOCABULARY], known)


def _tell(folder: Path, stamps: Mapping[str, Stamp]) -> Never:
    """Raise InvalidRegistry with all that is wrong: only a whole reading finds it."""
    from stancectl.registry.read import check_files

    check_files(files.read(folder, name) for name in stamps)
    raise ValueError("what was wrong is mended by now")
