#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "tessera/attribution/sweeps.h"
#include "tessera/engine/job.h"
#include "tessera/model/model.h"
#include "tessera/session/references.h"

namespace tessera::session {

// A model with what attributes on it.
struct AttributableModel {
  std::shared_ptr<model::Model> model;
  std::shared_ptr<attribution::Sweeps> sweeps;  // refers to the model, so it goes first
};

// The models opened last. They are heavy, so few are kept: enough to go back and forth between two. Used on
// the inference lane only.
class ModelShelf {
 public:
  explicit ModelShelf(std::size_t most = 2) : most_(most) {}

  // The model, loaded unless it is on the shelf. Loading takes the job's progress from 0 to `share`. For a
  // network that decides by its input's values what to run, the one that `picture` takes; null: any. Throws
  // Error.
  std::shared_ptr<model::Model> open(const ModelRef& reference, const Image* picture, engine::Job& job,
                                     float share = 1);

  // The same with its sweeps, which keep the recorded forward passes of the last pictures as long as the
  // model is on the shelf.
  AttributableModel open_attributable(const ModelRef& reference, const Image& picture, engine::Job& job,
                                      float share = 1);

 private:
  struct Place {
    std::string key;
    AttributableModel opened;  // sweeps once they are asked for
  };
  std::size_t most_;
  std::list<Place> places_;  // most recently used first
};

}  // namespace tessera::session
