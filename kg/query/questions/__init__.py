"""Forty questions people ask, each in words, in Cypher, in SPARQL and as Python on NetworkX.

One module a theme; each defines ``QUESTIONS``. The three forms of a question give the same rows.
"""
