#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tessera/figure/setting.h"
#include "tessera/model/model_card.h"
#include "tessera/session/references.h"

namespace tessera::app {

struct FigureOptions {
  std::string figure;  // a name in the catalogue
  std::filesystem::path file;
  float scale = 2;           // pixels for one unscaled pixel …
  std::optional<int> width;  // … or the width of the picture in pixels
  bool dark = false;
  bool caption = true;
  bool legend = true;
  // What to set; called when the model is open, which alone knows its layers and classes.
  std::function<figure::Settings(const model::ModelCard&)> settings;
};

struct WrittenFigure {
  int width = 0;  // in pixels
  int height = 0;
};

// Draws a figure of a picture and a model without a window and writes it as PNG, with its provenance. Throws
// Error.
WrittenFigure write_figure(const session::ImageRef& image, const session::ModelRef& model,
                           const FigureOptions& options);

}  // namespace tessera::app
