#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tessera/figure/setting.h"
#include "tessera/model/model_card.h"

namespace tessera::app {

struct FigureOptions {
  std::string figure;            // a name in the catalogue
  std::filesystem::path file;    // the picture; empty: none
  std::filesystem::path script;  // NAME.py, with NAME.npz beside it; empty: none
  float scale = 2;               // pixels for one unscaled pixel …
  std::optional<int> width;      // … or the width of the picture in pixels
  bool dark = false;
  bool caption = true;
  bool legend = true;
  // What to set; called when the model is open, which alone knows its layers and classes.
  std::function<figure::Settings(const model::ModelCard&)> settings;
  // Told how many answers are still to come, whenever there is news; empty: a line on a terminal says it.
  std::function<void(std::size_t)> waiting;
};

struct WrittenFigure {
  int width = 0;  // in pixels; 0 where no picture was wanted
  int height = 0;
  std::string caption;  // what it shows, of which picture and model, with which settings; drawn or not
};

}  // namespace tessera::app
