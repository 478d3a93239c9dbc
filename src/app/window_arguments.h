#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/window/run_window.h"

namespace tessera::app {

// What may be said about the window, whatever is opened in it.
struct WindowArguments {
  std::string theme;
  std::string screenshot;
  float scale = 0;
  std::vector<int> size;
  std::vector<std::string> show;
};

// Declares them, in the group `group` of the help.
void add_window_arguments(CLI::App& command, WindowArguments& arguments, const std::string& group);

// The window as it is wanted, with nothing to show in it yet. Throws Error where the data folder is missing.
WindowOptions window_options(const WindowArguments& arguments);

// Opens it, with the network loading meanwhile, and stays until it is closed. Waits for the network
// where a class is to be shown, whose label only that knows. Throws NoWindow, and Error for what there is
// not.
void show_workbench(WindowOptions window);

}  // namespace tessera::app
