#pragma once

// The torch headers of the modules that may see torch (model, attribution, featurevis), precompiled. Never included by
// anything under include/.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/interpreter.h>
#include <torch/script.h>
