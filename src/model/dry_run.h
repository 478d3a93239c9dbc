#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/archive.h"
#include "model/flatten/flatten.h"
#include "tessera/model/preprocessing.h"

namespace tessera::model {

// Throws Error unless `forward` takes one tensor (further arguments with defaults are let be).
void check_inputs(const jit::Module& module, const std::string& where);

// What to try where nothing says what input the model wants: its example input's shape where the archive kept
// it; else ImageNet's, then other common sizes; one channel where the first convolution has one.
std::vector<Preprocessing> guess_preprocessings(const jit::Module& module, Archive& archive);

struct DryRun {
  Trace trace;
  Preprocessing preprocessing;
};

// Runs the model on a picture, or where that is null on a neutral one, with the first of `candidates` that it
// runs with. Throws Error that names the module in which it failed.
DryRun dry_run(const jit::Module& module, const std::vector<Preprocessing>& candidates, const Image* picture,
               c10::Device device, const std::string& where, const std::function<void()>& check);

// Mid grey with some texture: nothing that saturates a network, nothing that is constant.
at::Tensor neutral_input(const Preprocessing& preprocessing, c10::Device device);

}  // namespace tessera::model
