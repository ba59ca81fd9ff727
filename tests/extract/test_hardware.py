"""Hardware: names as papers write them, with count, memory and hours."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract import extract
from kg.model import Entity, Paper


def hardware(sentence: str) -> dict[str, Entity]:
    paper = Paper("p", "Routing at Scale", sentence)
    (record,) = extract([paper], profile="fast")
    return {entity.name: entity for entity in record.entities if entity.type == "Hardware"}


@pytest.mark.parametrize(
    ("sentence", "name", "facts"),
    [
        ("We train on 8x A100-80GB GPUs.", "NVIDIA A100 80GB", {"count": 8, "memory_gb": 80.0}),
        ("It runs on a single NVIDIA RTX 4090.", "NVIDIA RTX 4090", {"count": 1}),
        ("Training takes 12 hours on four H100 GPUs.", "NVIDIA H100", {"count": 4, "hours": 12.0}),
        ("The run used 512 GPUs.", "GPU", {"count": 512}),
        ("It costs 200 H100 GPU hours.", "NVIDIA H100", {"hours": 200.0}),
        ("We deploy it on a Raspberry Pi 4.", "Raspberry Pi 4", {}),
        ("Training was done on TPU v4 pods.", "TPU v4", {}),
    ],
)
def test_a_device_is_read_with_what_is_said_of_it(sentence: str, name: str, facts: dict[str, Any]) -> None:
    found = hardware(sentence)
    assert name in found, sorted(found)
    assert {key: getattr(found[name], key) for key in facts} == facts
    assert found[name].role == "runs_on"


def test_a_class_of_devices_spoken_of_in_general_is_left_out() -> None:
    assert "edge devices" not in hardware("Large networks are too big for edge devices.")
