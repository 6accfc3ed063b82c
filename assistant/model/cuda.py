"""Whether layers can go, and went, to a GPU: without CUDA in the build llama.cpp ignores the wish without a word."""

from dataclasses import dataclass

import llama_cpp as llama


@dataclass(frozen=True, slots=True)
class Offload:
    """`layers_asked` is -1 for all; `layers_offloaded` is what llama.cpp said it moved."""

    built_with_cuda: bool
    layers_asked: int
    layers_offloaded: int

    @property
    def is_ignored(self) -> bool:
        """Layers were asked for and none went."""
        return self.layers_asked != 0 and self.layers_offloaded == 0


def built_with_cuda() -> bool:
    return bool(llama.llama_supports_gpu_offload())
