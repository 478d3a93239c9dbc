#pragma once

#include <unordered_set>

#include "model/extract.h"
#include "model/flat_graph.h"
#include "model/packed_kernels.h"

namespace tessera::model {

// Rewrites an extract of `flat`, which is to run without gradients on the CPU: convolutions with packed
// kernels, and as one operation with the sum and the rectifier that follow, where nothing else reads what is
// between. What the extract returns keeps its values, in front of a rectifier as well.
// `finite`: see finite_values.h. oneDNN's rectifiers make 0 of what is not a number; so they are used only
// where all numbers are. Kernels that hold such values are left alone, and so is
// what does not fit, and everything where this LibTorch lacks the operations.
void fuse_convolutions(Extract& part, const FlatGraph& flat,
                       const std::unordered_set<const jit::Value*>& finite, PackedKernels& kernels);

}  // namespace tessera::model
