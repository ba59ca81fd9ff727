"""Every entity of every record as a mention with a key: spellings, known forms and acronyms settled.

A bare acronym takes the expansion that the corpus gives it most often under that type, when one clearly
leads (two papers say so, or the one that introduces it); two expansions of one acronym stay two keys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Record
from kg.resolve import known, words
from kg.resolve.acronyms import abbreviates, initials
from kg.resolve.forms import dotted, parse
from kg.resolve.normal import word_key

_LEADS = 0.7
_ENOUGH = 2
_STEM = 5


@dataclass(slots=True)
class Mention:
    """One entity of one record: ``position`` in ``records[record].entities``, its key, and its short and long forms."""

    record: int
    position: int
    entity: Entity
    key: str
    short: str | None = None
    long: str | None = None
    by_acronym: bool = False


def mentions(records: Sequence[Record]) -> list[Mention]:
    """All mentions of a corpus in order, with settled keys."""
    found = [_mention(number, place, entity) for number, record in enumerate(records)
             for place, entity in enumerate(record.entities)]  # fmt: skip
    _restore_dots(found)
    expansions = _expansions(found)
    by_initials = _by_initials(found)
    for mention in found:
        _settle(mention, expansions, by_initials)
    return found


def _restore_dots(found: Sequence[Mention]) -> None:
    """*Qwen25-VL* is *Qwen2.5-VL* where the corpus speaks of that."""
    keys = {mention.key for mention in found if mention.entity.type == "Model"}
    for mention in found:
        whole = dotted(mention.entity.name) if mention.entity.type == "Model" else None
        if whole and (key := known.canonical(parse(whole, "Model").key, "Model")) in keys:
            mention.key = key


def _is_spelling(alias: str, entity: Entity) -> bool:
    kind = entity.type
    first, second = parse(alias, kind).key, parse(entity.name, kind).key
    return first == second or known.canonical(first, kind) == known.canonical(second, kind)


def _mention(record: int, position: int, entity: Entity) -> Mention:
    kind = entity.type
    key = known.canonical(parse(entity.name, kind).key, kind)
    short = long = None
    for form in entity.aliases:
        if _is_spelling(form, entity):
            continue
        if abbreviates(form, entity.name):
            short, long = parse(form, kind).key, parse(entity.name, kind).key
        elif abbreviates(entity.name, form):
            short, long = parse(entity.name, kind).key, parse(form, kind).key
        if long:
            break
    return Mention(record, position, entity, key, short, long and known.canonical(long, kind))


def _expansions(found: Sequence[Mention]) -> Mapping[tuple[str, str], tuple[str, dict[str, str]]]:
    """Of each (type, short key): the leading long key ("" when none leads), and each long key's representative."""
    tally: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mention in found:
        if mention.short and mention.long:
            weight = _ENOUGH if mention.entity.role == "introduces" else 1
            tally[mention.entity.type, mention.short][mention.long] += weight
    result: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
    for owner, counts in tally.items():
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for long, count in counts.items():
            groups[_stem(long)][long] += count
        heads = {stem: min(group, key=lambda long: (-group[long], long)) for stem, group in groups.items()}
        representative = {long: heads[stem] for stem, group in groups.items() for long in group}
        leading = max(groups, key=lambda stem: (sum(groups[stem].values()), stem))
        votes, all_votes = sum(groups[leading].values()), sum(counts.values())
        leads = votes >= _ENOUGH and votes >= _LEADS * all_votes
        result[owner] = (heads[leading] if leads else "", representative)
    return result


def _stem(long: str) -> str:
    """Expansions that differ only in endings (*adaptation*, *adaptor*) share a stem; keys hold joined words."""
    return long[: max(_STEM, len(long) * 3 // 4)]


def _by_initials(found: Sequence[Mention]) -> Mapping[tuple[str, str], str]:
    """Long keys of three words or more by (type, initials), where only one is spoken of."""
    longs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in found:
        name = mention.entity.name
        letters = initials(name) if name.islower() and not name.isalpha() else ""
        if len(letters) >= 3:
            longs[mention.entity.type, letters].add(mention.key)
    return {owner: next(iter(keys)) for owner, keys in longs.items() if len(keys) == 1}


def _settle(
    mention: Mention,
    expansions: Mapping[tuple[str, str], tuple[str, dict[str, str]]],
    by_initials: Mapping[tuple[str, str], str],
) -> None:
    kind = mention.entity.type
    if mention.short and mention.long:
        usual = known.canonical(mention.short, kind)
        _, representative = expansions[kind, mention.short]
        long = representative[mention.long]
        same = known.is_known(mention.short, kind) and _stem(usual) == _stem(mention.long)
        mention.key, mention.by_acronym = (usual if same else long), True
        return
    spelled = parse(mention.entity.name, kind).key
    if known.is_known(spelled, kind):
        return
    leading = expansions.get((kind, spelled), ("", {}))[0]
    if not leading and mention.entity.role != "introduces" and mention.entity.name.isupper():
        leading = by_initials.get((kind, word_key(mention.entity.name.casefold())), "")
    if leading:
        mention.key, mention.by_acronym = leading, True


def is_coined(name: str) -> bool:
    """Whether a name looks like a proper name rather than a description: a capital or digit inside, or one odd word.

    >>> is_coined("LoRA-drop"), is_coined("spatial memory"), is_coined("data engine")
    (True, False, False)
    """
    parts = [part for part in name.split() if part.casefold() not in words.STOPWORDS]
    return any(char.isupper() or char.isdigit() for part in parts for char in part) or len(parts) == 1
