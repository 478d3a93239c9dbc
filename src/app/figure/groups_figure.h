#pragma once

#include <filesystem>
#include <memory>

#include "app/reports/layer_groups.h"
#include "tessera/image/fit.h"

namespace tessera::app {

// The groups of a layer, to be drawn: the picture, the groups over it, and a row for each with its map, its
// share, its channels and what it contributes to the classes.
struct GroupsFigure {
  const LayerGroupsReport* report = nullptr;  // not owned
  std::shared_ptr<const image::Fitted> seen;  // the picture as the network sees it
};

struct WrittenGroups {
  int width = 0;  // in pixels
  int height = 0;
};

// Draws it without a window and writes it as PNG, atomically. Throws Error, also where there is no OpenGL.
WrittenGroups write_groups_figure(const GroupsFigure& figure, const std::filesystem::path& file);

}  // namespace tessera::app
