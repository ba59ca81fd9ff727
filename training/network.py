"""The network: a six-layer BERT encoder with features of case, a tagging head and a head over whole entities."""

from __future__ import annotations

from dataclasses import dataclass
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
    frozen: int = 2
    heads: int = 12
    inner: int = 1536
    hidden: int = 192


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

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT whose lower layers stay as pre-trained; the features of case join above them."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.embedding = Embedding(shape)
        self.lower = nn.ModuleList(Layer(shape, 0.0) for _ in range(shape.frozen))
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers - shape.frozen))
        self.features = nn.ModuleList(nn.Embedding(size, shape.width) for size in FEATURES.values())
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.dropout = nn.Dropout(dropout)

    def below(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the lower layers give: the same in every epoch, so worth keeping."""
        x = self.embedding(ids)
        for layer in self.lower:
            x = layer(x, _bias(mask))
        return x

    def above(self, x: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        for column, table in enumerate(self.features):
            x = x + table(features[:, :, column])
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, _bias(mask))
        return x

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        return self.above(self.below(ids, mask), features, mask)


def _bias(mask: Tensor) -> Tensor:
    return ((1 - mask.to(torch.float32)) * -1e4)[:, None, None, :]


class EntityHead(nn.Module):
    """Mean and maximum of an entity's mention vectors, its type and some counts → role, outcome, optional, type."""

    def __init__(self, shape: Shape, dropout: float = 0.2) -> None:
        super().__init__()
        self.hidden = nn.Linear(2 * shape.width + len(TYPES) + 4, shape.hidden)
        self.out = nn.Linear(shape.hidden, len(ROLES) + len(OUTCOMES) + 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        return self.out(self.dropout(functional.gelu(self.hidden(self.dropout(vectors)))))


class Network(nn.Module):
    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        shape = shape or Shape()
        self.encoder = Encoder(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(shape.width, len(TAGS))
        self.entity = EntityHead(shape)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.above(self.encoder.below(ids, mask), features, mask)

    def above(self, x: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors and tag scores of the pieces, from what the frozen layers gave."""
        hidden = self.encoder.above(x, features, mask)
        return hidden, self.tags(self.dropout(hidden))


def pretrained(folder: Path, shape: Shape | None = None) -> Network:
    """A fresh network whose encoder is the BERT stored in ``folder`` (``model.safetensors``)."""
    network = Network(shape)
    stored = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    embedding = network.encoder.embedding
    with torch.no_grad():
        embedding.pieces.weight.copy_(stored["embeddings.word_embeddings.weight"])
        kinds = stored["embeddings.token_type_embeddings.weight"][0]
        embedding.positions.weight.copy_(stored["embeddings.position_embeddings.weight"] + kinds)
        _copy(embedding.norm, stored, "embeddings.LayerNorm")
        for number, layer in enumerate([*network.encoder.lower, *network.encoder.layers]):
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
