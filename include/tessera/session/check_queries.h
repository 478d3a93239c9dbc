#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "tessera/check/report.h"
#include "tessera/engine/engine.h"
#include "tessera/engine/query.h"
#include "tessera/model/model_card.h"
#include "tessera/session/references.h"

// What may be asked about whether a network computes what it seems to.
namespace tessera::session {

// A check of the network, with all that it has (`ModelRef::without` is passed over). On pictures that are
// made for it, it is taken from where the last one was kept, and kept in turn; on `image` neither. It gives
// way to whatever somebody wants more, and begins anew afterwards. Failures: what opening the model refuses,
// and networks that cannot be run.
struct CheckModel {
  using Result = check::Report;
  static constexpr engine::Lane lane = engine::Lane::inference;
  static constexpr std::size_t most_in_batch = 1;
  static constexpr bool patient = true;
  ModelRef model;
  std::optional<ImageRef> image = {};
  bool anew = false;  // also where one is kept, which it replaces
  std::string key() const;
  std::string batch() const { return key(); }
};

// What decides about a check, beside what the checks are.
struct CheckedNetwork {
  std::string hash;  // ModelCard's
  std::string preprocessing;
  std::string device;
  std::string key() const;  // a content hash, with the version of the checks
};
CheckedNetwork checked_network(const model::ModelCard& card);

// A check that was kept.
struct FoundCheck {
  std::shared_ptr<const check::Report> report;  // nullptr: none is
};
std::size_t memory_cost(const FoundCheck& found);

// Reads a small file only and never fails, so that it waits for no network.
struct FindCheck {
  using Result = FoundCheck;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  CheckedNetwork network;
  std::string key() const { return network.key(); }
};

// How a window asks for the check of a model that is open: looks whether one is kept, and has it made only
// where none is, when nothing else is to be done. Once a frame, like Engine::ask.
engine::Answer<check::Report> ask_check(engine::Engine& engine, const ModelRef& model,
                                        const model::ModelCard& card);

// What is known of it without having it made; nullptr where nothing is.
std::shared_ptr<const check::Report> known_check(engine::Engine& engine, const ModelRef& model,
                                                 const model::ModelCard& card);

}  // namespace tessera::session
