"""A step (alphas, then weights) of the DARTS search network for images, as one writes it in PyTorch from the paper.

usage: darts_step.py THREADS STEPS CHANNELS LAYERS SIZE ORDER
Prints the median of the milliseconds a step and the peak resident memory in MiB. The batch is 16 images of 3 channels.
"""
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, CLASSES, NODES = 16, 10, 4


class ReluConvBn(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(nn.ReLU(), nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs, affine=False))


class FactorizedReduce(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.even = nn.Conv2d(inputs, outputs // 2, 1, stride=2, bias=False)
        self.odd = nn.Conv2d(inputs, outputs // 2, 1, stride=2, bias=False)
        self.norm = nn.BatchNorm2d(outputs, affine=False)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.even(x), self.odd(x[:, :, 1:, 1:])], 1))


class Zero(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return x[:, :, ::self.stride, ::self.stride] * 0.0


def depthwise(channels, kernel, stride, dilation):
    padding = dilation * (kernel - 1) // 2
    return [nn.ReLU(), nn.Conv2d(channels, channels, kernel, stride, padding, dilation, groups=channels, bias=False),
            nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels, affine=False)]


def separable(channels, kernel, stride):
    return nn.Sequential(*depthwise(channels, kernel, stride, 1), *depthwise(channels, kernel, 1, 1))


def pool(module, channels):
    return nn.Sequential(module, nn.BatchNorm2d(channels, affine=False))


def options(channels, stride):
    return nn.ModuleList([
        Zero(stride),
        pool(nn.MaxPool2d(3, stride, 1), channels),
        pool(nn.AvgPool2d(3, stride, 1, count_include_pad=False), channels),
        nn.Identity() if stride == 1 else FactorizedReduce(channels, channels),
        separable(channels, 3, stride),
        separable(channels, 5, stride),
        nn.Sequential(*depthwise(channels, 3, stride, 2)),
        nn.Sequential(*depthwise(channels, 5, stride, 2)),
    ])


class Cell(nn.Module):
    def __init__(self, before, last, channels, reduction, reduction_before):
        super().__init__()
        self.first = FactorizedReduce(before, channels) if reduction_before else ReluConvBn(before, channels)
        self.second = ReluConvBn(last, channels)
        self.edges = nn.ModuleList(options(channels, 2 if reduction and source < 2 else 1) for node in range(NODES) for source in range(2 + node))

    def forward(self, before, last, weights):
        states, edge = [self.first(before), self.second(last)], 0
        for node in range(NODES):
            total = 0
            for state in states:
                total = total + sum(w * option(state) for w, option in zip(weights[edge], self.edges[edge]))
                edge += 1
            states.append(total)
        return torch.cat(states[2:], 1)


class SearchNetwork(nn.Module):
    def __init__(self, channels, layers):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 3 * channels, 3, padding=1, bias=False), nn.BatchNorm2d(3 * channels))
        self.cells = nn.ModuleList()
        before, last, reduction_before = 3 * channels, 3 * channels, False
        for layer in range(layers):
            reduction = layer in (layers // 3, 2 * layers // 3)
            channels *= 2 if reduction else 1
            self.cells.append(Cell(before, last, channels, reduction, reduction_before))
            self.cells[-1].reduction = reduction
            before, last, reduction_before = last, NODES * channels, reduction
        self.classifier = nn.Linear(last, CLASSES)
        edges = sum(2 + node for node in range(NODES))
        self.alphas = [nn.Parameter(1e-3 * torch.randn(edges, 8)) for _ in range(2)]

    def forward(self, x):
        weights = [F.softmax(alphas, -1) for alphas in self.alphas]
        before = last = self.stem(x)
        for cell in self.cells:
            before, last = last, cell(before, last, weights[cell.reduction])
        return self.classifier(last.mean((2, 3)))


def loss_of(network, batch):
    return F.cross_entropy(network(batch[0]), batch[1])


def second_order(network, weights, training, held_out, rate, momentum_of, decay):
    """The alphas' gradient after one step of the weights, as in equations 6 to 8."""
    original = [w.detach().clone() for w in weights]
    loss_of(network, training).backward()
    with torch.no_grad():
        for w in weights:
            w.sub_(rate * (momentum_of(w) + w.grad + decay * w))
            w.grad = None
    for a in network.alphas:
        a.grad = None
    loss_of(network, held_out).backward()
    direction = [w.grad.clone() for w in weights]
    ahead = [a.grad.clone() for a in network.alphas]
    epsilon = 0.01 / torch.cat([d.flatten() for d in direction]).norm()
    sides = []
    for sign in (1, -1):
        with torch.no_grad():
            for w, o, d in zip(weights, original, direction):
                w.copy_(o + sign * epsilon * d)
        sides.append(torch.autograd.grad(loss_of(network, training), network.alphas))
    with torch.no_grad():
        for w, o in zip(weights, original):
            w.copy_(o)
        for a, g, plus, minus in zip(network.alphas, ahead, *sides):
            a.grad = g - rate * (plus - minus) / (2 * epsilon)


def main():
    threads, steps, channels, layers, size, order = map(int, sys.argv[1:7])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = SearchNetwork(channels, layers)
    weights = list(network.parameters())
    weight_optimizer = torch.optim.SGD(weights, 0.025, momentum=0.9, weight_decay=3e-4)
    alpha_optimizer = torch.optim.Adam(network.alphas, 3e-4, betas=(0.5, 0.999), weight_decay=1e-3)
    training, held_out = [(torch.randn(BATCH, 3, size, size), torch.randint(0, CLASSES, (BATCH,))) for _ in range(2)]

    def momentum_of(weight):
        buffer = weight_optimizer.state[weight].get("momentum_buffer")
        return 0.0 if buffer is None else 0.9 * buffer

    def step():
        alpha_optimizer.zero_grad()
        if order == 2:
            weight_optimizer.zero_grad()
            second_order(network, weights, training, held_out, 0.025, momentum_of, 3e-4)
        else:
            loss_of(network, held_out).backward()
        alpha_optimizer.step()
        weight_optimizer.zero_grad()
        loss_of(network, training).backward()
        nn.utils.clip_grad_norm_(weights, 5.0)
        weight_optimizer.step()

    step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    print(sorted(times)[len(times) // 2] * 1e3, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
