import gc

import pytest

from kg.collecting import uncollected


def test_cycles_are_left_alone_inside_and_collected_again_after():
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_fault_inside_leaves_the_collector_on():
    with pytest.raises(ValueError, match="midway"), uncollected():
        raise ValueError("midway")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
