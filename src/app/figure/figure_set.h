#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/figure/figure_options.h"
#include "tessera/session/references.h"

namespace tessera::app {

struct FigureSet {
  std::vector<std::filesystem::path> images;
  bool folder_for_each = false;  // each image's figures in a folder of its own
  std::filesystem::path folder;  // where all of it goes; made where there is none
  FigureOptions look;            // how they are drawn; neither file nor figure counts
  std::string model;             // "EfficientNet-Lite0"
  std::string version;           // of Tessera
  std::string page;              // of the index: what assets/index.html has
  // What to set about a figure, by its name; as FigureOptions has it.
  std::function<figure::Settings(const std::string& figure, const model::ModelCard&)> settings;
  std::function<void(double figures_done)> progress;
};

// Who draws them: FigureMaker, whose members these are. Both throw Error.
struct FigureDrawer {
  std::function<void(const session::ImageRef&)> check;
  std::function<WrittenFigure(const session::ImageRef&, const FigureOptions&)> write;
};

struct WrittenSet {
  std::size_t figures = 0;            // files that were written
  std::vector<std::string> failures;  // sentences: "spatial of cat.png: …"
  std::filesystem::path index;
};

// Every figure of the catalogue for every image, and index.html beside them. What fails is told of, there
// too, and does not keep the others. Files of Tessera's own are replaced; a figure whose place another file
// has fails. Throws Error where nothing can be written at all.
WrittenSet write_figure_set(const FigureSet& set, const FigureDrawer& drawer);

// Where each image's figures go: its name without extension; with it, where several share that.
std::vector<std::string> folder_names(const std::vector<std::filesystem::path>& images);

}  // namespace tessera::app
