"""The identities of a whole corpus: mentions keyed, keys divided into things, things named and linked to parents.

Work is near-linear in the number of mentions: names only ever meet others that share a key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from kg.model import Record
from kg.resolve import known
from kg.resolve.acronyms import abbreviates
from kg.resolve.families import variants
from kg.resolve.forms import parse
from kg.resolve.homonyms import Sense, Senses
from kg.resolve.identities import Identities, Merge, Thing
from kg.resolve.mentions import Mention, is_coined, mentions
from kg.resolve.normal import node_id, slug
from kg.resolve.pairs import compare
from kg.text import display

# So many papers that give an alias are believed without its looks.
_AGREED = 2


def resolve(records: Sequence[Record]) -> Identities:
    """Decide which thing every entity of every record is.

    >>> from kg.model import Entity, Paper
    >>> paper = Paper("p", "t", "a")
    >>> found = resolve([Record(paper, (Entity("LLaMA-2-7B", "Model", "uses"), Entity("Llama 2", "Model", "uses")))])
    >>> found.ids["p"], found.variants[0].rule
    (('model/llama-2-7b', 'model/llama-2'), 'variant: size')
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(records):
        groups[mention.key].append(mention)
    senses = Senses(records)
    divided = [(key, sense) for key in sorted(groups) for sense in senses.divide(groups[key])]
    named = _named(sorted(divided, key=lambda pair: senses.age(pair[1])), records)
    for _, _, sense in named:
        sense.mentions.sort(key=lambda mention: (records[mention.record].paper.id, mention.position))
    owners: dict[str, set[str]] = defaultdict(set)
    for identifier, key, _ in named:
        owners[key].add(identifier)
    things = {identifier: _thing(identifier, sense, records, owners) for identifier, _, sense in named}
    ids: list[list[str]] = [[""] * len(record.entities) for record in records]
    for identifier, _, sense in named:
        for mention in sense.mentions:
            ids[mention.record][mention.position] = identifier
    return Identities(
        things=things,
        ids={record.paper.id: tuple(found) for record, found in zip(records, ids, strict=True)},
        variants=tuple(variants(named, things)),
        merges=tuple(sorted(_merges(named, things, records), key=lambda m: (m.entity, m.form, m.rule, m.paper or ""))),
    )


def _named(divided: Iterable[tuple[str, Sense]], records: Sequence[Record]) -> list[tuple[str, str, Sense]]:
    """(id, key, sense), by id. Of things with one readable id, the one introduced first keeps it plain."""
    wanted: dict[str, list[tuple[str, Sense]]] = defaultdict(list)
    for key, sense in divided:
        rivals = wanted[node_id(_type(sense), _name(sense))]
        twin = next((other for at, other in rivals if at != key and _is_one(other, sense)), None)
        if twin is None:
            rivals.append((key, sense))
        else:
            twin.mentions.extend(sense.mentions)
            twin.introducers.extend(sense.introducers)
    named: list[tuple[str, str, Sense]] = []
    for plain, rivals in wanted.items():
        for number, (key, sense) in enumerate(rivals):
            identifier = plain
            if number:
                claim = sense.introducers[0] if sense.introducers else None
                mark = slug(records[claim.record].paper.id) if claim else _digest(key)
                identifier = f"{plain}-{mark}"
            named.append((identifier, key, sense))
    named.sort(key=lambda item: item[0])
    return _unique(named)


def _is_one(a: Sense, b: Sense) -> bool:
    """Whether two senses of one name under different keys are one: not both introduced, not expanded differently."""
    if a.introducers and b.introducers:
        return False
    first, second = ({mention.long for mention in sense.mentions if mention.long} for sense in (a, b))
    return not first or not second or bool(first & second)


def _unique(named: list[tuple[str, str, Sense]]) -> list[tuple[str, str, Sense]]:
    """Two ids that are still equal are told apart by number (one paper that introduces two things of one spelling)."""
    seen: Counter[str] = Counter()
    taken = {identifier for identifier, _, _ in named}
    result: list[tuple[str, str, Sense]] = []
    for identifier, key, sense in named:
        seen[identifier] += 1
        free = identifier
        while seen[identifier] > 1 and free in taken:
            free = f"{identifier}-{seen[identifier]}"
            if free in taken:
                seen[identifier] += 1
        taken.add(free)
        result.append((free, key, sense))
    return sorted(result, key=lambda item: item[0])


def _type(sense: Sense) -> str:
    """The introducing paper's type, else the commonest."""
    if sense.introducers:
        return sense.introducers[0].entity.type
    if len(sense.mentions) == 1:
        return sense.mentions[0].entity.type
    counts = Counter(mention.entity.type for mention in sense.mentions)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _name(sense: Sense) -> str:
    """The commonest name, the introducing paper's counted thrice; of equally common ones the longest.

    Spellings that share an id vote together, and at a tie the plain one wins (*Llama-2-7B*, not *LLaMA-v2 7B*),
    so that one more paper seldom changes an id.
    """
    if len(sense.mentions) == 1:
        return sense.mentions[0].entity.name
    counts = Counter(mention.entity.name for mention in sense.mentions)
    counts.update({mention.entity.name: 2 for mention in sense.introducers})
    if len(counts) == 1:
        return next(iter(counts))
    kind = _type(sense)
    votes: Counter[str] = Counter()
    for name, count in counts.items():
        votes[slug(name)] += count
    return min(
        counts,
        key=lambda name: (-votes[slug(name)], not _is_plain(name, kind), -len(slug(name)), slug(name),
                          -counts[name], -len(name), name),
    )  # fmt: skip


def _is_plain(name: str, kind: str) -> bool:
    return slug(name) == slug(" ".join(unit.text for unit in parse(name, kind).units))


def _thing(identifier: str, sense: Sense, records: Sequence[Record], owners: Mapping[str, set[str]]) -> Thing:
    name, kind = display(_name(sense)), _type(sense)
    entities = [mention.entity for mention in sense.mentions]
    forms = {display(entity.name) for entity in entities}
    forms |= {
        display(alias)
        for alias in _aliases(sense, name, kind)
        if not _is_anothers(alias, identifier, kind, name, owners)
    }
    forms.discard(name)
    types = {other for entity in entities for other in (entity.type, *entity.also)} - {kind}
    return Thing(
        id=identifier,
        type=kind,
        name=name,
        aliases=tuple(sorted(form for form in forms if _is_alias(form))),
        also=tuple(sorted(types)),
        introduced_by=tuple(dict.fromkeys(records[mention.record].paper.id for mention in sense.introducers)),
    )


def _aliases(sense: Sense, name: str, kind: str) -> Iterable[str]:
    """The aliases that papers give a thing, as far as they are names of it.

    A paper may call a thing that it names, and one no other speaks of, what it likes. What one that merely speaks
    of a thing calls it besides (*response length* for *reinforcement learning*, *LLaMA 3.2* for *LLaMA*) is no
    name of it unless it looks like one, or others say so too.
    """
    names = {mention.entity.name for mention in sense.mentions}
    given = Counter(alias for mention in sense.mentions for alias in dict.fromkeys(mention.entity.aliases))
    owners = sense.introducers if is_coined(name) else ()
    owned = {alias for mention in owners for alias in mention.entity.aliases}
    alone = len({mention.record for mention in sense.mentions}) == 1
    for alias, papers in given.items():
        believed = alias in names or alias in owned or papers >= _AGREED or _is_spelling(alias, names, kind)
        if believed or (alone and compare(alias, name, kind) != "variant"):
            yield alias


def _is_spelling(alias: str, names: Iterable[str], kind: str) -> bool:
    """Whether an alias is one of the names spelled otherwise, short for one, or what one is short for."""
    key = known.canonical(parse(alias, kind).key, kind)
    return any(
        key == known.canonical(parse(name, kind).key, kind) or abbreviates(alias, name) or abbreviates(name, alias)
        for name in names
    )


def _is_anothers(alias: str, identifier: str, kind: str, name: str, owners: Mapping[str, set[str]]) -> bool:
    """Whether an alias that one paper gives is the name of another thing (*RNN* given for *Transformer*)."""
    others = owners.get(known.canonical(parse(alias, kind).key, kind), set())
    return bool(others) and identifier not in others and not abbreviates(alias, name) and not abbreviates(name, alias)


def _is_alias(form: str) -> bool:
    """A literal fragment of a list (*125M*, *7B*, *100*) is no alias of anything."""
    return sum(char.isalpha() for char in form) >= 2


def _merges(
    named: Iterable[tuple[str, str, Sense]], things: dict[str, Thing], records: Sequence[Record]
) -> Iterable[Merge]:
    """One row for each form of a thing and each rule that took it for the thing, with the first paper that has it."""
    for identifier, key, sense in named:
        thing = things[identifier]
        seen: set[tuple[str, str]] = set()
        for mention in sense.mentions:
            form = mention.entity.name
            rule = _rule(mention, thing, key)
            if form != thing.name and (form, rule) not in seen:
                seen.add((form, rule))
                yield Merge(identifier, form, rule, records[mention.record].paper.id)
        if identifier != node_id(thing.type, thing.name):
            first = thing.introduced_by[0] if thing.introduced_by else None
            yield Merge(identifier, thing.name, "homonym: a thing of its own", first)


def _rule(mention: Mention, thing: Thing, key: str) -> str:
    kind = mention.entity.type
    if mention.by_acronym:
        return "acronym"
    spelled = parse(mention.entity.name, kind).key
    rule = "spelling" if spelled == key else "known form"
    return rule if kind == thing.type else f"{rule}, as {kind}"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()
