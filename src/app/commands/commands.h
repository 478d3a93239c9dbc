#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "app/options.h"

namespace tessera::app {

// The command line while it is put together: each command adds itself and, when it is the one that was
// chosen, leaves in `run` what is to be done. `run` returns an ExitCode and may throw Error.
struct CommandLine {
  CLI::App app;
  Options options;
  std::function<int()> run;
};

// The options that only the window understands; the others may stand before a command's name as well as
// after.
inline constexpr const char* window_group = "Window";

void add_inspect(CommandLine& line);
void add_activations(CommandLine& line);
void add_attribute(CommandLine& line);
void add_check(CommandLine& line);
void add_figure(CommandLine& line);
void add_groups(CommandLine& line);
void add_icons(CommandLine& line);
void add_match(CommandLine& line);
void add_open(CommandLine& line);
void add_window(CommandLine& line);  // what happens without a command's name

}  // namespace tessera::app
