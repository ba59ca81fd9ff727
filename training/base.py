"""``python -m training.base --onnx model.onnx --tokenizer tokenizer.json --out FOLDER``: a BERT kept as ONNX as base.

Small BERTs are published as ONNX files (the jars ``dev.langchain4j:langchain4j-embeddings-*`` on Maven Central hold
some); exporters fold the weights of the linear layers into nameless constants, found again here by the nodes that
use them.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

_NODE = re.compile(r"/?(?:bert/)?(encoder/layer\.\d+/.*)/MatMul$")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.base", description=__doc__)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    save_file(weights(onnx.load(args.onnx)), args.out / "model.safetensors")
    shutil.copy(args.tokenizer, args.out / "tokenizer.json")


def weights(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """The weights under the names that BERT's own checkpoints give them."""
    constants = {one.name: one for one in model.graph.initializer}
    found = {
        name: torch.from_numpy(numpy_helper.to_array(one).copy())
        for name, one in constants.items()
        if name.startswith(("embeddings.", "encoder."))
    }
    for node in model.graph.node:
        named = _NODE.match(node.name)
        if node.op_type != "MatMul" or not named:
            continue
        for source in node.input:
            if source in constants:
                array = np.ascontiguousarray(numpy_helper.to_array(constants[source]).T)
                found[f"{named[1].replace('/', '.')}.weight"] = torch.from_numpy(array)
    return found


if __name__ == "__main__":
    main()
