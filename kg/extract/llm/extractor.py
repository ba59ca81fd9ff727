"""The extractor: papers through the model, several at a time, records out in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import ExtractionError, KgError, ServerError
from kg.extract.llm.client import Client
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.prompt import version
from kg.extract.llm.reading import document_of, read, sentences_of
from kg.extract.llm.replies import Replies
from kg.extract.llm.threads import in_order
from kg.extract.llm.transport import Failure
from kg.extract.llm.usage import Usage
from kg.model import Paper, Record

_IN_A_ROW = 5


class LLM:
    """Extraction by the model behind ``endpoint``; replies are kept in the folder ``replies``.

    A paper that fails goes to ``on_error`` and has no record; without ``on_error`` the first error is raised.
    ``name`` is what records are kept under.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        replies: Path | None = None,
        on_error: Callable[[KgError], None] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.usage = Usage()
        self.name = f"llm:{endpoint.model}:{version()}"
        self._replies = Replies(replies, endpoint.model, version())
        self._on_error = on_error
        self._closed: Failure | None = None
        self._in_a_row = 0

    def summary(self) -> str:
        """What was asked and what it cost, in one line."""
        return self.usage.summary(self.endpoint)

    def check(self) -> None:
        """Raise `ServerError` when every paper failed."""
        if self.usage["failed"] and not self.usage["read"]:
            why = f"no paper could be read ({self.usage['failed']:,} failed)"
            raise ServerError(why, where=self.endpoint.shown, mend="see the errors before this one")

    def extract(self, papers: Iterable[Paper]) -> Iterator[Record | None]:
        """The record of each paper, in order; ``None`` for one that failed.

        Once the server cannot be reached, refuses the key or has failed five papers in a row, it is left in
        peace: papers whose replies are kept still have their records, the others are counted in one last error.
        """
        client = Client(self.endpoint, self.usage)
        skipped = 0
        try:
            for paper, outcome in in_order(papers, lambda one: self._one(client, one), self.endpoint.concurrency):
                if isinstance(outcome, Record):
                    yield outcome
                    continue
                if outcome is None:
                    skipped += 1
                else:
                    self._report(self._error(paper, outcome))
                yield None
        finally:
            client.stop()
        if skipped:
            mend = "mend that and run it again: what was read is kept"
            self._report(ServerError(f"{skipped:,} more not asked", where=self.endpoint.shown, mend=mend))

    def _one(self, client: Client, paper: Paper) -> Record | Failure | None:
        """A paper's record, why there is none, or ``None`` when the server is not asked any more."""
        document = document_of(paper)
        reply = self._replies.get(paper)
        if reply is not None:
            self.usage.count(kept=1)
        elif self._closed is not None:
            self.usage.count(failed=1)
            return None
        else:
            try:
                reply = client.ask(sentences_of(document))
            except Failure as failure:
                self.usage.count(failed=1)
                self._note(failure)
                return failure
            self._in_a_row = 0
            self._replies.put(paper, reply)
        found = read(document, reply, self.name)
        self.usage.count(read=1, dropped=found.dropped)
        return found.record

    def _note(self, failure: Failure) -> None:
        """Close the door where no other paper will fare better."""
        self._in_a_row = self._in_a_row + 1 if failure.again else 0
        if failure.for_all or self._in_a_row >= _IN_A_ROW:
            self._closed = self._closed or failure

    def _error(self, paper: Paper, failure: Failure) -> KgError:
        server = failure.status or failure.again or failure.for_all
        kind = ServerError if server else ExtractionError
        return kind(f"paper {paper.id}: {failure}", where=self.endpoint.shown, mend=failure.mend)

    def _report(self, error: KgError) -> None:
        if self._on_error is None:
            raise error
        self._on_error(error)
