#pragma once

#include <filesystem>

#include "tessera/session/references.h"
#include "ui/figures/overview.h"

namespace tessera::app {

struct OverviewOptions {
  std::filesystem::path file;
  float scale = 2;  // pixels for one unscaled pixel
  bool dark = false;
};

struct WrittenFigure {
  int width = 0;  // in pixels
  int height = 0;
};

// Draws the overview of a picture and a model without a window and writes it as PNG. Its text chunk "tessera"
// says in JSON what it shows: {"figure", "model": {"file", "hash"}, "image": {"file"}}, files by name alone.
// Throws Error.
WrittenFigure write_overview(const session::ImageRef& image, const session::ModelRef& model,
                             const OverviewOptions& options);

}  // namespace tessera::app
