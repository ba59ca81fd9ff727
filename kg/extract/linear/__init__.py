"""Linear models over hashed features, for the ``fast`` profile: a tagger, and heads for role, outcome and doubt.

Weights are one file a model (``weights/*.npz``, int8 with a scale a column), trained by ``training/linear_*.py``.
"""
