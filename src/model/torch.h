#pragma once

// The torch headers of the modules that may see torch (model, attribution, featurevis), precompiled. Never
// included by anything under include/.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/interpreter.h>
#include <torch/csrc/jit/runtime/operator.h>
#include <torch/script.h>

namespace tessera {
// `using namespace torch::jit` would clash with torch itself.
namespace jit = torch::jit;
}  // namespace tessera
