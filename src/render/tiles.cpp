#include "render/tiles.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "tessera/base/error.h"

namespace tessera::render {
namespace {

constexpr double most_pixels = 400e6;  // over a gigabyte of them

Image blank(int width, int height) {
  if (width < 1 || height < 1 || double(width) * height > most_pixels)
    throw Error("a picture of this size cannot be drawn",
                std::to_string(width) + " x " + std::to_string(height), "Choose a smaller one");
  return {width, height};
}

}  // namespace

Tiles::Tiles(int width, int height, int side)
    : side_(side),
      columns_((width + side - 1) / side),
      rows_((height + side - 1) / side),
      target_(std::min(side, std::max(1, width)), std::min(side, std::max(1, height))),
      picture_(blank(width, height)) {}

void Tiles::draw(GuiRenderer& renderer) {
  const int left = next_ % columns_ * side_, top = next_ / columns_ * side_;
  const int width = std::min(target_.width(), picture_.width - left);
  const int height = std::min(target_.height(), picture_.height - top);
  ImDrawData& data = *ImGui::GetDrawData();
  const auto whole = std::pair(data.DisplayPos, data.DisplaySize);
  data.DisplayPos = {whole.first.x + float(left), whole.first.y + float(top)};
  data.DisplaySize = {float(target_.width()), float(target_.height())};
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  target_.begin(ground.x, ground.y, ground.z);
  renderer.draw();
  std::tie(data.DisplayPos, data.DisplaySize) = whole;
  const Image tile = target_.read();
  for (int y = 0; y < height; ++y)
    std::copy_n(tile.pixel(0, y), std::size_t(width) * 3, picture_.pixel(left, top + y));
  ++next_;
}

}  // namespace tessera::render
