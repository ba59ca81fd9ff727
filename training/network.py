"""The network: a BERT encoder with features of case, a tagging head and a head over whole entities."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.neural.encoding import FEATURES, LIMIT
from kg.extract.neural.labels import OUTCOMES, ROLES, TAGS, TYPES


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    hidden: int = 192
    asked: int = 64


class Embedding(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(LIMIT, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, ids: Tensor) -> Tensor:
        return self.norm(self.pieces(ids) + self.positions.weight[: ids.shape[1]])


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Attention is spelt out: in bfloat16 on a CPU that takes half the time of PyTorch's fused kernel."""
        batch, length, width = x.shape
        size = width // self.heads
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(-1, -2) * size**-0.5 + bias.to(query.dtype), -1)
        seen = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(seen)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT with features of case added to the embedding of each piece, since the vocabulary folds case away."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.embedding = Embedding(shape)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.features = nn.ModuleList(nn.Embedding(size, shape.width) for size in FEATURES.values())
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        x = self.embedding(ids)
        for column, table in enumerate(self.features):
            x = x + table(features[:, :, column])
        x = self.dropout(x)
        bias = ((1 - mask.to(torch.float32)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class EntityHead(nn.Module):
    """Mean and maximum of an entity's mention vectors, its type and some counts → role, outcome, optional."""

    def __init__(self, shape: Shape, dropout: float = 0.2) -> None:
        super().__init__()
        self.hidden = nn.Linear(2 * shape.width + len(TYPES) + 4, shape.hidden)
        self.out = nn.Linear(shape.hidden, len(ROLES) + len(OUTCOMES) + 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        return self.out(self.dropout(functional.gelu(self.hidden(self.dropout(vectors)))))


class NumberHead(nn.Module):
    """A number's vector → whether it is a result; with those of names, how well each fits as dataset and subject."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.asked = shape.asked
        self.hidden = nn.Linear(shape.width, shape.asked)
        self.value = nn.Linear(shape.asked, 1)
        self.number = nn.Linear(shape.width, 2 * shape.asked)
        self.none = nn.Linear(shape.width, 2)
        self.name = nn.Linear(shape.width, 2 * shape.asked)
        self.dropout = nn.Dropout(dropout)

    def forward(self, numbers: Tensor, names: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Of n numbers and m names: (n) log-odds, (2, n, m) scores as dataset and subject, (n, 2) scores of neither."""
        numbers, names = self.dropout(numbers), self.dropout(names)
        values = self.value(functional.gelu(self.hidden(numbers)))[:, 0]
        queries = self.number(numbers).view(-1, 2, self.asked).transpose(0, 1)
        keys = self.name(names).view(-1, 2, self.asked).permute(1, 2, 0)
        return values, queries @ keys * self.asked**-0.5, self.none(numbers)


class Network(nn.Module):
    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(shape.width, len(TAGS))
        self.entity = EntityHead(shape)
        self.numbers = NumberHead(shape)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors (batch, length, width) and tag scores (batch, length, tags) of the pieces, in 32 bits."""
        hidden = self.encoder(ids, features, mask)
        return hidden.float(), self.tags(self.dropout(hidden)).float()


def save(network: Network, path: Path) -> None:
    torch.save({"shape": asdict(network.shape), "state": network.state_dict()}, path)


def load(path: Path) -> Network:
    stored = torch.load(path, map_location="cpu", weights_only=True)
    network = Network(Shape(**stored["shape"]))
    network.load_state_dict(stored["state"])
    return network


def pretrained(folder: Path) -> Network:
    """A network whose encoder is the BERT stored in ``folder`` (``model.safetensors``), with all its layers."""
    stored = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    layers = 1 + max(int(name.split(".")[2]) for name in stored if name.startswith("encoder.layer."))
    network = Network(Shape(layers=layers))
    embedding = network.encoder.embedding
    with torch.no_grad():
        embedding.pieces.weight.copy_(stored["embeddings.word_embeddings.weight"])
        kinds = stored["embeddings.token_type_embeddings.weight"][0]
        embedding.positions.weight.copy_(stored["embeddings.position_embeddings.weight"] + kinds)
        _copy(embedding.norm, stored, "embeddings.LayerNorm")
        for number, layer in enumerate(network.encoder.layers):
            name = f"encoder.layer.{number}"
            parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([stored[f"{part}.weight"] for part in parts]))
            layer.qkv.bias.copy_(torch.cat([stored[f"{part}.bias"] for part in parts]))
            _copy(layer.out, stored, f"{name}.attention.output.dense")
            _copy(layer.norm1, stored, f"{name}.attention.output.LayerNorm")
            _copy(layer.up, stored, f"{name}.intermediate.dense")
            _copy(layer.down, stored, f"{name}.output.dense")
            _copy(layer.norm2, stored, f"{name}.output.LayerNorm")
    return network


def _copy(module: nn.Linear | nn.LayerNorm, stored: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(stored[f"{name}.weight"])
    module.bias.copy_(stored[f"{name}.bias"])


def narrowed(network: Network, layers: list[int], inner: int) -> Network:
    """A smaller network of some of the layers, each with its ``inner`` inner neurons of the largest weights."""
    small = Network(replace(network.shape, layers=len(layers), inner=inner))
    for part in ("encoder.embedding", "encoder.features", "tags", "entity", "numbers"):
        small.get_submodule(part).load_state_dict(network.get_submodule(part).state_dict())
    for target, number in zip(small.encoder.layers, layers, strict=True):
        source = network.encoder.layers[number]
        for part in ("qkv", "out", "norm1", "norm2"):
            target.get_submodule(part).load_state_dict(source.get_submodule(part).state_dict())
        with torch.no_grad():
            weight = source.up.weight.norm(dim=1) * source.down.weight.norm(dim=0)
            kept = weight.topk(inner).indices.sort().values
            target.up.weight.copy_(source.up.weight[kept])
            target.up.bias.copy_(source.up.bias[kept])
            target.down.weight.copy_(source.down.weight[:, kept])
            target.down.bias.copy_(source.down.bias)
    return small
