#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tessera/base/cube.h"

namespace tessera::app {

// A signed map of a layer's positions, to be drawn.
struct AttributionMap {
  std::shared_ptr<const Cube> values;  // H x W x 1
  std::string title;                   // "Egyptian cat (285)"
  std::string subtitle;                // "blocks.8.expand, path, zero baseline"
  std::string remark;                  // beneath; may be empty
};

struct WrittenMap {
  int width = 0;  // in pixels
  int height = 0;
};

// Draws it without a window, in the diverging colours about zero, with a colour bar and its numbers, and
// writes it as PNG, atomically. Throws Error, also where there is no OpenGL.
WrittenMap write_attribution_map(const AttributionMap& map, const std::filesystem::path& file);

}  // namespace tessera::app
