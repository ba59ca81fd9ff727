"""``python -m training.export --network network.pt --base FOLDER --out kg/extract/neural/weights``: the released form.

Writes ``tagger.onnx`` (int8 encoder and tagging head over one text at a time), ``heads.onnx`` (the head over whole
entities), ``numbers.onnx`` (the head over numbers) and ``tokenizer.json`` (the vocabulary). The graph is built by hand:
a text at a time needs no padding and no mask, so a paper's result never depends on its neighbours in a batch.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.extract.neural.encoding import FEATURES
from kg.extract.neural.labels import TAGS
from training.network import Layer, Network, load

OPSET = 17


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=["s8", "s7", "u8", "f32"], default="s7", help="s7 never saturates on AVX2")
    args = parser.parse_args()
    network = load(args.network)
    args.out.mkdir(parents=True, exist_ok=True)
    write_encoder(network.eval(), args.out / "tagger.onnx", args.weights)
    write_heads(network, args.out / "heads.onnx")
    write_numbers(network, args.out / "numbers.onnx")
    write_tokenizer(args.base / "tokenizer.json", args.out / "tokenizer.json")
    total = sum(file.stat().st_size for file in args.out.iterdir() if file.is_file())
    print(f"{args.out}: {total / 1e6:.1f} MB")


def write_encoder(network: Network, target: Path, weights: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        onnx.save(Graph().encoder(network), whole)
        if weights == "f32":
            shutil.copy(whole, target)
            return
        quantize_dynamic(
            whole,
            target,
            per_channel=True,
            reduce_range=weights == "s7",
            weight_type=QuantType.QUInt8 if weights == "u8" else QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=["tags"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def write_heads(network: Network, target: Path) -> None:
    graph, head = Graph(), network.entity
    inner = graph.node("Gelu", [graph.linear(head.hidden, "hidden", "things")], "gelu", "com.microsoft")
    graph.node("Identity", [graph.linear(head.out, "out", inner)], "scores")
    things = helper.make_tensor_value_info("things", TensorProto.FLOAT, ["count", head.hidden.in_features])
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["count", head.out.out_features])
    onnx.save(graph.model([things], [scores]), target)


def write_numbers(network: Network, target: Path) -> None:
    """Whether a number is a result; whose and on what is learned for the encoder's sake only (training/README.md)."""
    graph, head = Graph(), network.numbers
    inner = graph.node("Gelu", [graph.linear(head.hidden, "hidden", "numbers")], "gelu", "com.microsoft")
    axis = graph.constant("axis", np.array([1]))
    graph.node("Squeeze", [graph.linear(head.value, "value", inner), axis], "odds")
    numbers = helper.make_tensor_value_info("numbers", TensorProto.FLOAT, ["count", head.hidden.in_features])
    odds = helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["count"])
    onnx.save(graph.model([numbers], [odds]), target)


def write_tokenizer(source: Path, target: Path) -> None:
    settings = json.loads(source.read_text(encoding="utf-8"))
    settings["truncation"] = settings["padding"] = None
    target.write_text(json.dumps(settings, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "kg", inputs, outputs, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="kg")

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, array: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def tensor(self, name: str, tensor: torch.Tensor) -> str:
        return self.constant(name, np.ascontiguousarray(tensor.detach().numpy().astype(np.float32)))

    def encoder(self, network: Network) -> onnx.ModelProto:
        """``ids`` and ``features`` of one text → ``vectors`` and ``scores`` of its pieces."""
        encoder = network.encoder
        x = self._features(encoder, self._embedding(encoder))
        for number, layer in enumerate(encoder.layers):
            x = self._layer(layer, f"layer{number}", x)
        self.node("Identity", [x], "vectors")
        scores = self.node("MatMul", [x, self.tensor("tags.w", network.tags.weight.T)], "tags")
        self.node("Add", [scores, self.tensor("tags.b", network.tags.bias)], "scores")
        number, decimal, length = TensorProto.INT64, TensorProto.FLOAT, [1, "length"]
        inputs = [
            helper.make_tensor_value_info("ids", number, length),
            helper.make_tensor_value_info("features", number, [*length, len(FEATURES)]),
        ]
        outputs = [
            helper.make_tensor_value_info("vectors", decimal, [*length, network.shape.width]),
            helper.make_tensor_value_info("scores", decimal, [*length, len(TAGS)]),
        ]
        return self.model(inputs, outputs)

    def _embedding(self, encoder: torch.nn.Module) -> str:
        """Word pieces at eight bits, each with a scale of its own, plus positions."""
        table = encoder.embedding.pieces.weight.detach().numpy()
        scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-9).astype(np.float32)
        rounded = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        small = self.node("Gather", [self.constant("pieces", rounded), "ids"], "pieces.rows")
        scales = self.node("Gather", [self.constant("pieces.scale", scale), "ids"], "pieces.scales")
        floats = self.node("Cast", [small], "pieces.float", to=TensorProto.FLOAT)
        pieces = self.node("Mul", [floats, scales], "pieces.scaled")
        length = self.node("Shape", ["ids"], "length", start=1, end=2)
        zero, axis = self.constant("zero", np.array([0])), self.constant("axis", np.array([0]))
        positions = self.tensor("positions", encoder.embedding.positions.weight)
        placed = self.node("Slice", [positions, zero, length, axis], "positions.rows")
        return self._norm(encoder.embedding.norm, "embedding.norm", self.node("Add", [pieces, placed], "embedding"))

    def _features(self, encoder: torch.nn.Module, x: str) -> str:
        """All features' tables as one, each column of ``features`` shifted to its own rows."""
        sizes = list(FEATURES.values())
        shifts = np.cumsum([0, *sizes[:-1]]).astype(np.int64)
        table = torch.cat([one.weight for one in encoder.features])
        rows = self.node("Add", ["features", self.constant("shifts", shifts)], "features.rows")
        vectors = self.node("Gather", [self.tensor("features.table", table), rows], "features.vectors")
        total = self.node("ReduceSum", [vectors, self.constant("axis2", np.array([2]))], "features.sum", keepdims=0)
        return self.node("Add", [x, total], "featured")

    def _layer(self, layer: Layer, name: str, x: str) -> str:
        width = layer.out.in_features
        packed = self.linear(layer.qkv, f"{name}.qkv", x)
        parts = [f"{name}.{part}" for part in "qkv"]
        splits = self.constant(f"{name}.splits", np.array([width] * 3))
        self.nodes.append(helper.make_node("Split", [packed, splits], parts, name=f"{name}.split", axis=2))
        seen = self.node("MultiHeadAttention", parts, f"{name}.attention", "com.microsoft", num_heads=layer.heads)
        mixed = self.node("Add", [x, self.linear(layer.out, f"{name}.out", seen)], f"{name}.sum1")
        x = self._norm(layer.norm1, f"{name}.norm1", mixed)
        inner = self.node("Gelu", [self.linear(layer.up, f"{name}.up", x)], f"{name}.gelu", "com.microsoft")
        summed = self.node("Add", [x, self.linear(layer.down, f"{name}.down", inner)], f"{name}.sum2")
        return self._norm(layer.norm2, f"{name}.norm2", summed)

    def linear(self, linear: torch.nn.Linear, name: str, x: str) -> str:
        product = self.node("MatMul", [x, self.tensor(f"{name}.w", linear.weight.T)], f"{name}.product")
        return self.node("Add", [product, self.tensor(f"{name}.b", linear.bias)], name)

    def _norm(self, norm: torch.nn.LayerNorm, name: str, x: str) -> str:
        scale, shift = self.tensor(f"{name}.w", norm.weight), self.tensor(f"{name}.b", norm.bias)
        return self.node("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=float(norm.eps))


if __name__ == "__main__":
    main()
