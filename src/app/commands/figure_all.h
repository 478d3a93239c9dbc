#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/figure/figure_options.h"
#include "app/options.h"

namespace tessera::app {

// `tessera figure --all`: every figure of a picture, or of every picture in a folder.
struct FigureAllArguments {
  std::string image;  // or a folder
  std::filesystem::path folder;
  std::vector<std::string> assignments;  // of --set
  FigureOptions look;
};

// What can be known to make no sense before a model is opened. Throws Error.
void check(const FigureAllArguments& arguments);

// Returns an exit code; throws Error.
int draw_all(const FigureAllArguments& arguments, const Options& options);

}  // namespace tessera::app
