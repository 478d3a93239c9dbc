# TorchScript gives Python no hooks: layers are values of the network's graph here. Which value a layer is, its
# recorded activations tell: of all that the graph computes for the picture, the one that equals them.
def tensors(graph):
    """The picture, and every tensor that is computed from it."""
    computed = [value for node in graph.nodes() for value in node.outputs()]
    return list(graph.inputs())[-1:] + [value for value in computed if value.type().kind() == "TensorType"]


def run(graph, outputs, *arguments):
    """What these values of a graph are for these arguments; nothing else is computed."""
    for _ in list(graph.outputs()):
        graph.eraseOutput(0)
    together = graph.create("prim::ListConstruct", outputs, 1)
    together.output().setType(torch._C.ListType.ofTensors())
    graph.appendNode(together)
    graph.registerOutput(together.output())
    torch._C._jit_pass_dce(graph)
    with torch.jit.optimized_execution(False):  # operation by operation, under plain autograd
        return torch._C._create_function_from_graph("forward", graph)(*arguments)


def as_cube(value, shape):
    """A value of the graph as height x width x channels; None where it has no such shape."""
    height, width, channels = shape
    if value.shape == (1, channels, height, width):
        return value[0].permute(1, 2, 0)
    if value.shape == (1, height, width, channels):
        return value[0]
    if value.dim() == 3 and value.shape[2] == channels and value.shape[1] >= height * width:
        return value[0, value.shape[1] - height * width :].reshape(shape)  # class tokens come first
    return None


def like(value, cube):
    """A cube as the graph has the value that it takes the place of."""
    height, width, channels = cube.shape
    if value.dim() == 3:
        others = value[:, : value.shape[1] - height * width]
        return torch.cat([others, cube.reshape(1, height * width, channels)], 1)
    if value.shape == (1, height, width, channels):
        return cube[None].contiguous()
    return cube.permute(2, 0, 1)[None].contiguous()


class Network:
    """The model for one picture, with the layers and the logits that are RECORDED."""

    def __init__(self, file, picture):
        self.module = torch.jit.load(file, map_location="cpu").eval()
        try:
            frozen = torch.jit.freeze(self.module)
        except RuntimeError:
            frozen = self.module  # it was frozen when it was saved
        self.frozen = frozen
        self.picture = picture
        self.graph = frozen.graph.copy()
        torch._C._jit_pass_inline(self.graph)
        torch._C._jit_pass_remove_mutation(self.graph)  # in-place operations would overwrite layers
        graph = self.graph.copy()
        with torch.no_grad():
            values = run(graph, tensors(graph), frozen._c, picture)
        self.places, self.values = {}, {}
        for name, array in RECORDED.items():
            self.find(name, array, values)

    def find(self, name, array, values):
        best = None
        for place, value in enumerate(values):
            if not value.is_floating_point():
                continue
            found = as_cube(value, array.shape) if array.dim() == 3 else value.reshape(-1)
            if found is None or found.shape != array.shape:
                continue
            difference = float((found - array).abs().max())
            if best is None or difference < best:
                best = difference
                self.places[name], self.values[name] = place, value
        if best is None:
            sys.exit(f"{MODEL} computes nothing that has the shape of {name}, {tuple(array.shape)}")

    def cube(self, layer):
        """What PyTorch computes as a layer."""
        return as_cube(self.values[layer], RECORDED[layer].shape)

    def logits(self):
        return self.values[LOGITS].reshape(-1)

    def above(self, layer, cube, outputs):
        """Later layers and logits where a layer is this cube instead; the rest stays as for the picture."""
        graph = self.graph.copy()
        values = tensors(graph)
        entry = graph.addInput()
        values[self.places[layer]].replaceAllUsesWith(entry)
        results = run(
            graph,
            [entry if name == layer else values[self.places[name]] for name in outputs],
            self.frozen._c,
            self.picture,
            like(self.values[layer], cube),
        )
        return [
            value.reshape(-1) if name == LOGITS else as_cube(value, RECORDED[name].shape)
            for name, value in zip(outputs, results)
        ]
