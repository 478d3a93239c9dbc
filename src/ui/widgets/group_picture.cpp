#include "ui/widgets/group_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ui/widgets/heat_map.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr int most_cells = 64;        // a side; finer layers are drawn in blocks
constexpr double most_opaque = 0.92;  // what a hue lies on can still be seen
constexpr double gamma = 2.2;         // near enough to sRGB's curve for mixing colours

struct Tint {
  std::array<double, 3> mixed{};  // linear light, weighted by strength
  double strength = 0;
};

ImU32 color_of_tint(const Tint& tint, double most) {
  std::array<int, 3> color{};
  for (std::size_t c = 0; c < 3; ++c)
    color[c] = int(std::lround(255 * std::pow(std::min(1.0, tint.mixed[c] / tint.strength), 1 / gamma)));
  const double opacity = most_opaque * std::min(1.0, tint.strength / most);
  return IM_COL32(color[0], color[1], color[2], int(std::lround(255 * opacity)));
}

}  // namespace

std::optional<int> strongest_group(const session::LayerGroups& groups, Position cell) {
  std::optional<int> strongest;
  float most = 0;
  for (int i = 0; i < groups.groups(); ++i)
    if (const float value = std::abs(groups.maps->at(cell.y, cell.x, i)); value > most) {
      most = value;
      strongest = i;
    }
  return strongest;
}

void group_picture(const AppState& state, Context& context, const Scene& scene,
                   const session::LayerGroups& groups, std::optional<int> only, const std::string& name,
                   const Rect& where) {
  const Clipped clip(where);
  const Rect all = zoomed(where, state.zoom);
  draw_seen(scene, context, all);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool light = context.theme.ground == render::Ground::light;
  list.AddRectFilled(where.from, where.to, light ? IM_COL32(255, 255, 255, 165) : IM_COL32(16, 16, 16, 175));

  const int block = (std::max(groups.height, groups.width) + most_cells - 1) / most_cells;
  const int rows = (groups.height + block - 1) / block;
  const int columns = (groups.width + block - 1) / block;
  std::vector<Tint> tints(std::size_t(rows) * std::size_t(columns));
  std::vector<std::array<double, 3>> hues;
  for (const factorization::Hue& hue : groups.hues) {
    std::array<double, 3> linear{};
    const std::array<int, 3> told{hue.red, hue.green, hue.blue};
    for (std::size_t c = 0; c < 3; ++c) linear[c] = std::pow(told[c] / 255.0, gamma);
    hues.push_back(linear);
  }
  // A group alone is as opaque as it is beside the others, so that groups compare.
  for (int y = 0; y < groups.height; ++y)
    for (int x = 0; x < groups.width; ++x) {
      Tint& tint = tints[std::size_t(y / block) * std::size_t(columns) + std::size_t(x / block)];
      for (int i = 0; i < groups.groups(); ++i) {
        if (only && *only != i) continue;
        const double weight = std::abs(double(groups.maps->at(y, x, i)));
        tint.strength += weight;
        for (std::size_t c = 0; c < 3; ++c) tint.mixed[c] += weight * hues[std::size_t(i)][c];
      }
    }
  double most = 0;
  for (const Tint& tint : tints) most = std::max(most, tint.strength);
  most = double(context.agreed("strength of the groups of " + groups.layer, float(most)));
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < columns; ++x) {
      const Tint& tint = tints[std::size_t(y) * std::size_t(columns) + std::size_t(x)];
      if (!(tint.strength > 0)) continue;
      const Rect cell = cell_rect(all, rows, columns, {y, x});
      list.AddRectFilled({std::round(cell.from.x), std::round(cell.from.y)},
                         {std::round(cell.to.x), std::round(cell.to.y)}, color_of_tint(tint, most));
    }
  mark_control(context, name, where);
  zoom_with_mouse(state, context, where);
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  const auto cell = cell_at(all, groups.height, groups.width, ImGui::GetIO().MousePos);
  const auto group = cell ? strongest_group(groups, *cell) : std::nullopt;
  if (!group) return;
  context.hover.group = GroupRef{groups.layer, *group};
  if (ImGui::IsMouseClicked(0)) context.emit(action::PinGroup{{groups.layer, *group}});
}

}  // namespace tessera::ui
