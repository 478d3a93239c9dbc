#include "ui/widgets/ribbon.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tessera/figure/sankey.h"

namespace tessera::ui {
namespace {

constexpr int pieces = 24;
constexpr float soft = 0.6f;  // pixels over which an edge fades, as ImGui's own shapes do

ImU32 with_alpha(ImU32 color, float factor) {
  const auto alpha = ImU32(float(color >> IM_COL32_A_SHIFT) * factor + 0.5f);
  return (color & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

}  // namespace

float Ribbon::middle(float x) const {
  const float share = right > left ? (x - left) / (right - left) : 0;
  return source + (target - source) * float(figure::ribbon_course(double(share)));
}

void draw_ribbon(ImDrawList& list, const Ribbon& ribbon, ImU32 color) {
  if (!(ribbon.thickness > 0) || !(ribbon.right > ribbon.left)) return;
  const ImU32 core = with_alpha(color, std::min(1.0f, ribbon.thickness));
  const ImU32 edge = core & ~IM_COL32_A_MASK;
  if (core == edge) return;
  const float half = std::max(ribbon.thickness, 1.0f) / 2;
  // Four points at each step across: outer edge, upper and lower side, outer edge. One mesh, so that a
  // transparent ribbon has no seams.
  constexpr int rows = 4;
  list.PrimReserve(pieces * (rows - 1) * 6, (pieces + 1) * rows);
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  const unsigned first = list._VtxCurrentIdx;
  for (int i = 0; i <= pieces; ++i) {
    const float x = ribbon.left + (ribbon.right - ribbon.left) * float(i) / float(pieces);
    const float y = ribbon.middle(x);
    const std::array<float, rows> offsets{-half - soft, -half, half, half + soft};
    for (std::size_t row = 0; row < rows; ++row)
      list.PrimWriteVtx({x, y + offsets[row]}, white, row == 0 || row == 3 ? edge : core);
  }
  for (int i = 0; i < pieces; ++i)
    for (int row = 0; row + 1 < rows; ++row) {
      const unsigned a = first + unsigned(i * rows + row);
      for (const unsigned index : {a, a + rows, a + rows + 1, a, a + rows + 1, a + 1})
        list.PrimWriteIdx(ImDrawIdx(index));
    }
}

void hatch_ribbon(ImDrawList& list, const Ribbon& ribbon, ImU32 color, float line) {
  constexpr float least_thickness = 3;  // of lines
  constexpr float apart = 7;
  if (!(ribbon.thickness >= least_thickness * line) || !(line > 0)) return;
  const float half = ribbon.thickness / 2;
  // As a stroke across a bar: up to the right. Broad ribbons have steeper ones, or they would leave the
  // curve.
  const float lean = std::min(ribbon.thickness, 4 * line);
  for (float x = ribbon.left; x + lean <= ribbon.right; x += apart * line)
    list.AddLine({x, ribbon.middle(x) + half}, {x + lean, ribbon.middle(x + lean) - half}, color, line);
}

bool on_ribbon(const Ribbon& ribbon, ImVec2 point, float slack) {
  if (point.x < ribbon.left || point.x >= ribbon.right) return false;
  return std::abs(point.y - ribbon.middle(point.x)) <= ribbon.thickness / 2 + slack;
}

}  // namespace tessera::ui
