from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import kg


def test_all_is_sorted_and_complete():
    assert kg.__all__ == sorted(kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there_and_documented(name):
    found = getattr(kg, name)
    assert found is not None
    if name != "__version__":
        assert inspect.getdoc(found)


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = kg.nothing_like_it


def test_rooms_that_share_a_name_with_a_function_can_be_called():
    import kg.build.assemble
    import kg.extract.record

    with pytest.raises(kg.InputError, match="no such file"):
        kg.build(["nowhere.txt"])
    assert list(kg.extract([], profile="fast")) == []
    assert kg.build.assemble is not None


def test_import_is_light():
    code = "import sys, kg; print(sorted({m.split('.')[0] for m in sys.modules} & set(sys.argv[1].split())))"
    heavy = "pyarrow spacy numpy rdflib networkx neo4j rich click onnxruntime pyoxigraph kglite"
    told = subprocess.run([sys.executable, "-c", code, heavy], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
