"""What one paper says of the things it speaks of: one use a thing, entities that turned out to be one joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Entity, Evidence, Record
from kg.resolve import Identities, Thing

STRENGTH = (
    "introduces",
    "trains_on",
    "evaluates_on",
    "runs_on",
    "addresses",
    "measures",
    "compares_with",
    "uses",
    "mentions",
)


@dataclass(slots=True)
class Use:
    """A thing in one paper, in the strongest role that any of its forms has there, with all evidence."""

    thing: Thing
    entity: Entity
    entities: list[Entity] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The strongest role."""
        return self.entity.role

    @property
    def roles(self) -> frozenset[str]:
        """The role and all others that a reader might give."""
        return frozenset(role for entity in self.entities for role in (entity.role, *entity.also_roles))

    @property
    def evidence(self) -> list[Evidence]:
        """All evidence, the strongest role's first."""
        return [piece for entity in self.entities for piece in entity.evidence]

    @property
    def forms(self) -> list[str]:
        """All names and aliases the paper writes."""
        return list(dict.fromkeys(form for entity in self.entities for form in (entity.name, *entity.aliases)))


def uses(record: Record, identities: Identities) -> list[Use]:
    """The things of one record in order of first mention in it, each once."""
    ids = identities.ids[record.paper.id]
    together: dict[str, list[Entity]] = {}
    for identifier, entity in zip(ids, record.entities, strict=True):
        together.setdefault(identifier, []).append(entity)
    return [_use(identities.things[identifier], entities) for identifier, entities in together.items()]


def _use(thing: Thing, entities: Sequence[Entity]) -> Use:
    ranked = sorted(entities, key=lambda entity: (_strength(entity.role), -entity.confidence))
    return Use(thing, ranked[0], ranked)


def _strength(role: str) -> int:
    return STRENGTH.index(role) if role in STRENGTH else len(STRENGTH)
