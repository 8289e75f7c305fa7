"""A DARTS step (alphas, then weights) on the tabular supernet, as one writes it in PyTorch. Prints milliseconds a step.

usage: supernet_step.py THREADS STEPS
Same space, shapes and batch as SupernetBenchmark.cs: 16 numbers with 16 quantile edges each, widths 64/128/256, up to 3 blocks, 26 classes.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

NUMBERS, BINS, FREQUENCIES, CLASSES, BATCH = 16, 15, 16, 26, 256
WIDTHS, MAX_BLOCKS = (64, 128, 256), 3
WIDTH = max(WIDTHS)


class Alphas(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = {"width": len(WIDTHS), "encoding": 4, "depth": MAX_BLOCKS + 1, "output": 2, "activation": 3}
        for block in range(MAX_BLOCKS):
            sizes[f"block{block}"] = 3
            for kind in ("mlp", "residual", "gated"):
                sizes[f"block{block}_{kind}_norm"] = 3
            for kind in ("mlp", "residual"):
                sizes[f"block{block}_{kind}_activation"] = 3
        self.values = nn.ParameterDict({name: nn.Parameter(torch.zeros(size)) for name, size in sizes.items()})

    def mixture(self):
        return {name: F.softmax(value, 0) for name, value in self.values.items()}


class MaskedLinear(nn.Module):
    """All widths at once: the widest layer times the expected mask."""

    def __init__(self, inputs):
        super().__init__()
        self.linear = nn.Linear(inputs, WIDTH)
        self.register_buffer("masks", torch.stack([(torch.arange(WIDTH) < width).float() for width in WIDTHS]))

    def forward(self, x, weights):
        return self.linear(x) * (weights["width"] @ self.masks)


def mixed(values, weights):
    return sum(value * weight for value, weight in zip(values, weights))


class Norms(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer, self.batch = nn.LayerNorm(WIDTH), nn.BatchNorm1d(WIDTH)

    def forward(self, x, weights):
        batch = self.batch(x.reshape(-1, WIDTH)).reshape(x.shape)
        return mixed((self.layer(x), x, batch), weights)


def activation(x, weights):
    return mixed((F.relu(x), F.gelu(x), F.silu(x)), weights)


class Block(nn.Module):
    def __init__(self, index):
        super().__init__()
        self.name = f"block{index}"
        self.mlp_norm, self.mlp = Norms(), MaskedLinear(WIDTH)
        self.residual_norm, self.residual_in, self.residual_out = Norms(), MaskedLinear(WIDTH), MaskedLinear(WIDTH)
        self.gated_norm, self.value, self.gate, self.gated_out = Norms(), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), MaskedLinear(WIDTH)

    def forward(self, x, w):
        mlp = self.mlp(activation(self.mlp_norm(x, w[self.name + "_mlp_norm"]), w[self.name + "_mlp_activation"]), w)
        residual = self.residual_in(self.residual_norm(x, w[self.name + "_residual_norm"]), w)
        residual = x + self.residual_out(activation(residual, w[self.name + "_residual_activation"]), w)
        gated = self.gated_norm(x, w[self.name + "_gated_norm"])
        gated = self.value(gated) * F.relu(self.gate(gated)) * (w["width"] @ self.gated_out.masks)
        gated = x + self.gated_out(gated, w)
        return mixed((mlp, residual, gated), w[self.name])


class Supernet(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("columns", torch.arange(NUMBERS).repeat_interleave(BINS))
        self.register_buffer("scales", torch.rand(NUMBERS * BINS) + 1)
        self.register_buffer("shifts", torch.rand(NUMBERS * BINS))
        self.frequencies = nn.Parameter(torch.randn(NUMBERS, FREQUENCIES) * 0.1)
        self.standardized, self.quantile = MaskedLinear(NUMBERS), MaskedLinear(NUMBERS * BINS)
        self.both, self.periodic = MaskedLinear(NUMBERS * (BINS + 1)), MaskedLinear(NUMBERS * (1 + 2 * FREQUENCIES))
        self.blocks = nn.ModuleList([Block(index) for index in range(MAX_BLOCKS)])
        self.output_norm = nn.LayerNorm(WIDTH)
        self.head = nn.Parameter(torch.randn(1, WIDTH, CLASSES) / WIDTH**0.5)
        self.head_bias = nn.Parameter(torch.zeros(1, CLASSES))

    def bins(self, x):
        return (x[:, self.columns] * self.scales + self.shifts).clamp(0, 1)

    def forward(self, x, w):
        angles = (x.unsqueeze(-1) * self.frequencies * (2 * torch.pi)).flatten(1)
        encoded = (
            self.standardized(x, w), self.quantile(self.bins(x), w), self.both(torch.cat([self.bins(x), x], 1), w),
            self.periodic(torch.cat([x, angles.sin(), angles.cos()], 1), w),
        )
        h = mixed(encoded, w["encoding"]).unsqueeze(1)
        reached = [h]
        for block in self.blocks:
            h = block(h, w)
            reached.append(h)
        h = mixed(reached, w["depth"])
        h = activation(mixed((self.output_norm(h), h), w["output"]), w["activation"])
        return (h.transpose(0, 1) @ self.head).transpose(0, 1) + self.head_bias


def main():
    threads, steps = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    supernet, alphas = Supernet(), Alphas()
    # foreach: the quicker of PyTorch's two AdamW loops here.
    weight_optimizer = torch.optim.AdamW(supernet.parameters(), lr=2e-3, weight_decay=1e-2, foreach=True)
    alpha_optimizer = torch.optim.AdamW(alphas.parameters(), lr=1e-2, betas=(0.5, 0.999), weight_decay=1e-3, foreach=True)
    alpha_list = list(alphas.parameters())
    x, y = torch.randn(BATCH, NUMBERS), torch.randint(0, CLASSES, (BATCH,))

    def step():
        loss = F.cross_entropy(supernet(x, alphas.mixture()).flatten(0, 1), y)
        for alpha, gradient in zip(alpha_list, torch.autograd.grad(loss, alpha_list)):
            alpha.grad = gradient
        alpha_optimizer.step()
        weight_optimizer.zero_grad(set_to_none=True)
        alpha_optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(supernet(x, alphas.mixture()).flatten(0, 1), y)
        loss.backward()
        nn.utils.clip_grad_norm_(supernet.parameters(), 1.0)
        weight_optimizer.step()

    for _ in range(10):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1e3)
    print(sorted(times)[len(times) // 2])


main()
