"""Extraction by a language model behind any OpenAI-compatible endpoint: optional, asked for by name, never the default.

``LLM(endpoint(…)).extract(papers)`` yields the same records as `kg.extract.extract`. The way of a paper::

    prompt, form     the question: what the schema holds and a careful reader would note; the reply's JSON Schema
    client           asks (transport), waits and asks again, sends a broken reply back once; counts (usage)
    reply, reading   what the model said becomes mentions located in the stored text; all else is dropped and counted
    replies          what was said is kept on disk, so no paper is paid for twice
    extractor        papers through all this, several at a time (threads), in order; failures are told and skipped

The paper's title and abstract go to the endpoint, nothing else; the key goes into one header and nowhere else.
"""

from kg.extract.llm.endpoint import Endpoint, endpoint
from kg.extract.llm.extractor import LLM
from kg.extract.llm.usage import Usage

__all__ = ["LLM", "Endpoint", "Usage", "endpoint"]
