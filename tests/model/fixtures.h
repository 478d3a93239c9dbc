#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tessera/base/npy.h"
#include "tessera/model/model.h"

namespace tessera::test {

// A model with what an independent implementation computed for it.
struct Fixture {
  std::filesystem::path model;
  Image picture;
  std::vector<float> logits;
  std::map<std::string, npy::Array> activations;  // by layer, (H,W,C) or (T,D)
};

// tests/data/models/NAME.pt with NAME.npz.
Fixture small_model(const std::string& name);
std::vector<std::string> small_models();  // names of all that have recorded numbers

std::shared_ptr<model::Model> load_on_cpu(const std::filesystem::path& file);
std::shared_ptr<model::Model> load_on_cpu(const std::filesystem::path& file,
                                          const model::Preprocessing& preprocessing);

// Every layer once, by its first name, the input too.
std::vector<std::string> all_layers(const model::Model& model);

// Checks that two arrays agree within `share` of the largest recorded value; says where not.
void check_close(const std::string& what, const std::vector<float>& got, const std::vector<float>& recorded,
                 double share);

// Logits to 1e-4; every recorded layer that the model lists to 1e-4 of its largest. Returns how many layers
// were compared.
int check_against(const Fixture& fixture, model::Model& model);

}  // namespace tessera::test
