#include "ui/cube/draw_blocks.h"

#include <algorithm>
#include <ranges>

namespace tessera::ui {
namespace {

constexpr Side sides[] = {Side::bottom, Side::back, Side::left, Side::right, Side::front, Side::top};

// Light falls from above and the left.
float brightness(Side side) {
  switch (side) {
    case Side::top:
      return 1;
    case Side::left:
    case Side::front:
      return 0.93f;
    case Side::right:
    case Side::back:
      return 0.86f;
    case Side::bottom:
      return 0.75f;
  }
  return 1;
}

ImU32 darker(ImU32 color, float by) {
  ImVec4 parts = ImGui::ColorConvertU32ToFloat4(color);
  parts.x *= by;
  parts.y *= by;
  parts.z *= by;
  return ImGui::ColorConvertFloat4ToU32(parts);
}

ImU32 with_opacity(ImU32 color, int opacity) {
  return (color & ~IM_COL32_A_MASK) | (ImU32(opacity) << IM_COL32_A_SHIFT);
}

template <class F>
void for_seen_sides(const Projection& projection, const Block& block, F each) {
  for (const Side side : sides)
    if (faces_viewer(projection, side)) each(side, corners(projection, block.box, side));
}

}  // namespace

void draw_blocks(Context& context, const Projection& projection, const std::vector<Block>& blocks,
                 const std::vector<BlockLook>& looks) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = context.px(0.75f);
  std::vector<const Block*> lit;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const BlockLook& drawn = looks[i];
    if (drawn.lit) lit.push_back(&block);
    const ImU32 edge =
        drawn.lit ? darker(context.theme.accent, 0.8f) : with_opacity(context.theme.muted, 120);
    for_seen_sides(projection, block, [&](Side side, const std::array<ImVec2, 4>& corner) {
      list.AddConvexPolyFilled(corner.data(), 4, darker(drawn.color, brightness(side)));
      list.AddPolyline(corner.data(), 4, edge, ImDrawFlags_Closed, line);
    });
  }
  for (const Block* block : lit)
    for_seen_sides(projection, *block, [&](Side, const std::array<ImVec2, 4>& corner) {
      list.AddPolyline(corner.data(), 4, with_opacity(context.theme.accent, 150), ImDrawFlags_Closed,
                       context.px(1));
    });
}

ImU32 block_grey(const Context& context, float share) {
  const bool light = context.theme.ground == render::Ground::light;
  const float empty = light ? 0.965f : 0.16f, full = light ? 0.50f : 0.68f;
  const float grey = empty + (full - empty) * std::clamp(share, 0.0f, 1.0f);
  return ImGui::ColorConvertFloat4ToU32({grey, grey, grey, 0.94f});
}

const Block* block_at(const Projection& projection, const std::vector<Block>& blocks, ImVec2 point) {
  for (const Block& block : blocks | std::views::reverse) {
    bool hit = false;
    for_seen_sides(projection, block,
                   [&](Side, const std::array<ImVec2, 4>& corner) { hit = hit || inside(corner, point); });
    if (hit) return &block;
  }
  return nullptr;
}

}  // namespace tessera::ui
