from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kg.batches import Rows, batches

ITEMS = st.lists(st.tuples(st.sampled_from(["A", "B", "C", "D"]), st.integers()), max_size=60)


@given(ITEMS, st.integers(1, 7), st.integers(1, 20))
def test_every_row_leaves_once_with_its_group_and_no_batch_is_over_full(items, size, waiting):
    rows = [((label,), {"value": value}) for label, value in items]
    left = list(batches(rows, size=size, waiting=waiting))
    sent = Counter((batch.group[0], row["value"]) for batch in left for row in batch.rows)
    assert sent == Counter(items)
    assert all(0 < len(batch.rows) <= size for batch in left)


@given(ITEMS, st.integers(1, 20))
def test_no_more_rows_wait_than_the_bound(items, waiting):
    taken = 0
    sent = 0

    def counted():
        nonlocal taken
        for label, value in items:
            taken += 1
            yield (label,), {"value": value}

    for batch in batches(counted(), size=1000, waiting=waiting):
        assert taken - sent <= max(waiting, 1)
        sent += len(batch.rows)


def test_rows_are_a_list_that_is_not_spelled_out():
    rows = Rows({"abstract": "x" * 10_000} for _ in range(1000))
    assert rows[0]["abstract"].startswith("x")
    assert repr(rows) == "<1000 rows>"
