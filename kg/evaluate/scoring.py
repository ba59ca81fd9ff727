"""Records held against annotated papers: counts for every measure, and each error with its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.evaluate.report import Counts, Error, Report, Share
from kg.evaluate.rules import (
    APART,
    QUANTITIES,
    SCORED,
    Annotated,
    annotated_forms,
    annotated_roles,
    normalise,
    pair_up,
    result_keys,
)
from kg.model import Entity, Record


def score(gold: Sequence[Annotated], given: Sequence[Record]) -> Report:
    """Score records against annotated papers, paired by id, else by title."""
    by_id = {record.paper.id: record for record in given}
    by_title = {normalise(record.paper.title): record for record in given}
    report = Report(
        records=len(gold),
        types={kind: Counts() for kind in (*SCORED, *APART)},
        quantities={key: Share() for key in QUANTITIES},
    )
    for one in gold:
        record = by_id.get(str(one["id"])) or by_title.get(normalise(one["title"]))
        report.absent += record is None
        _Paper(one, record, report).count()
    return report


class _Paper:
    """One annotated paper and what was given for it."""

    def __init__(self, gold: Annotated, record: Record | None, report: Report) -> None:
        self.gold, self.report = gold, report
        self.entities = record.entities if record else ()
        self.results = record.results if record else ()
        self.hits, self.misses, self.spurious = pair_up(gold, self.entities)

    def count(self) -> None:
        """Add this paper to the report."""
        for gold, given in self.hits:
            self._hit(gold, given)
        for gold in self.misses:
            self.report.types[gold["type"]].missed += 1
            self._error("missed", gold["type"], gold["name"], "", self._sentence(annotated_forms(gold)))
        for given in self.spurious:
            self._spurious(given)
        self._introduces()
        wanted = result_keys(self.gold, self.gold.get("results") or ())
        found = result_keys(self.gold, self.results)
        self.report.results += Counts(len(wanted & found), len(wanted - found), len(found - wanted))
        self._results(wanted, found)

    def _hit(self, gold: Annotated, given: Entity) -> None:
        if gold.get("optional"):
            return
        self.report.types[gold["type"]].hit += 1
        if gold["type"] not in SCORED:
            return
        right = given.role in annotated_roles(gold)
        self.report.roles.add(right)
        self._confidence(given, right)
        if not right:
            self.report.role_confusions[gold["role"], given.role] += 1
            self._error("role", gold["type"], gold["name"], f"{given.role} for {gold['role']}", _shown(given))
        if gold.get("outcome"):
            self.report.outcomes.add(given.outcome == gold["outcome"])
            if given.outcome != gold["outcome"]:
                detail = f"{given.outcome} for {gold['outcome']}"
                self._error("outcome", gold["type"], gold["name"], detail, _shown(given))
        for key in QUANTITIES:
            self._quantity(key, gold, given)

    def _quantity(self, key: str, gold: Annotated, given: Entity) -> None:
        wanted, found = gold.get(key), getattr(given, key)
        if wanted is None:
            return
        right = found is not None and abs(float(found) - float(wanted)) <= 1e-6 * abs(float(wanted))
        self.report.quantities[key].add(right)
        if not right:
            self._error(key, gold["type"], gold["name"], f"{found} for {wanted}", _shown(given))

    def _spurious(self, given: Entity) -> None:
        self.report.types.setdefault(given.type, Counts()).spurious += 1
        if given.type in SCORED:
            self._confidence(given, False)
        forms = {normalise(form) for form in (given.name, *given.aliases)}
        others = [g["type"] for g in self.gold["entities"] if annotated_forms(g) & forms]
        if others:
            self.report.type_confusions[others[0], given.type] += 1
        self._error("spurious", given.type, given.name, f"is {others[0]}" if others else "", _shown(given))

    def _introduces(self) -> None:
        scored = [(g, e) for g, e in self.hits if not g.get("optional") and g["type"] in SCORED]
        wanted = [(g["role"] == "introduces", e.role == "introduces") for g, e in scored]
        hit = sum(own and said for own, said in wanted)
        missed = sum(own and not said for own, said in wanted)
        missed += sum(g["role"] == "introduces" and g["type"] in SCORED for g in self.misses)
        wrong = sum("introduces" not in annotated_roles(g) and e.role == "introduces" for g, e in scored)
        wrong += sum(e.role == "introduces" and e.type in SCORED for e in self.spurious)
        self.report.introduces += Counts(hit, missed, wrong)

    def _results(self, wanted: set[tuple[str, str, float]], found: set[tuple[str, str, float]]) -> None:
        for kind, keys in (("result missed", wanted - found), ("result spurious", found - wanted)):
            for subject, dataset, value in sorted(keys):
                sentence = self._containing(f"{value:g}")
                self._error(kind, "Result", subject, f"{value:g} on {dataset}", sentence)

    def _confidence(self, given: Entity, right: bool) -> None:
        tenth = min(9, int(given.confidence * 10))
        self.report.calibration.setdefault(tenth, Share()).add(right)
        self.report.confidence_sums[tenth] += round(given.confidence * 1e6)

    def _sentence(self, forms: set[str]) -> str:
        """The first sentence of the paper that holds one of the forms."""
        return next((s for s in self._sentences() if any(form in normalise(s) for form in forms)), "")

    def _containing(self, piece: str) -> str:
        return next((s for s in self._sentences() if piece in s), "")

    def _sentences(self) -> list[str]:
        from kg.extract.sentences import split

        text = self.gold["abstract"]
        return [self.gold["title"], *(text[a:b] for a, b in split(text))]

    def _error(self, kind: str, type_: str, name: str, detail: str, sentence: str) -> None:
        self.report.errors.append(Error(str(self.gold["id"]), kind, type_, name, detail, sentence))


def _shown(entity: Entity) -> str:
    return entity.evidence[0].sentence if entity.evidence else ""
