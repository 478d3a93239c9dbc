#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "tessera/model/device.h"
#include "tessera/model/preprocessing.h"
#include "tessera/session/references.h"

namespace tessera::app {

// What every command understands.
struct Options {
  std::string model;  // empty: the bundled one
  std::optional<model::Preprocessing> preprocessing;
  model::DeviceChoice device = model::DeviceChoice::automatic;
  bool verbose = false;

  session::ModelRef model_reference() const;  // throws Error where the bundled model is wanted and missing
};

// Declares them for a command. Every command writes into the same `options`, so that they may stand before
// its name too.
void add_options(CLI::App& command, Options& options);

// Ends the program as wrong usage of that option: `why` completes "--to: …".
[[noreturn]] void refuse_option(const std::string& option, const std::string& why);

}  // namespace tessera::app
