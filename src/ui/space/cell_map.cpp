#include "ui/space/cell_map.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/heat_map.h"
#include "ui/widgets/provisional.h"

namespace tessera::ui {
namespace {

constexpr int most_cells = 64;  // a side

}  // namespace

CellMap in_blocks(const CellMap& map, bool sums) {
  const int block = (std::max(map.height, map.width) + most_cells - 1) / most_cells;
  if (block <= 1) return map;
  CellMap coarse{(map.height + block - 1) / block, (map.width + block - 1) / block, {}, block};
  coarse.values.assign(std::size_t(coarse.height) * std::size_t(coarse.width), 0.0f);
  std::vector<int> counts(coarse.values.size(), 0);
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      const std::size_t at = std::size_t(y / block) * std::size_t(coarse.width) + std::size_t(x / block);
      coarse.values[at] += map.values[std::size_t(y) * std::size_t(map.width) + std::size_t(x)];
      ++counts[at];
    }
  for (std::size_t i = 0; i < counts.size() && !sums; ++i) coarse.values[i] /= float(std::max(1, counts[i]));
  return coarse;
}

CellMap projected(const CellMap& map, int height, int width) {
  CellMap made{height, width, {}, 1};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int top = y * map.height / height, left = x * map.width / width;
      const int bottom = std::max(top + 1, (y + 1) * map.height / height);
      const int right = std::max(left + 1, (x + 1) * map.width / width);
      float sum = 0;
      for (int v = top; v < bottom; ++v)
        for (int u = left; u < right; ++u)
          sum += map.values[std::size_t(v) * std::size_t(map.width) + std::size_t(u)];
      made.values.push_back(sum / float((bottom - top) * (right - left)));
    }
  return made;
}

float reach_of(const CellMap& map) {
  float most = 0;
  for (const float value : map.values) most = std::max(most, std::abs(value));
  return most;
}

float sturdy_reach(const CellMap& map) {
  constexpr std::size_t fine = 1000;
  constexpr double share = 0.995;
  if (map.values.size() < fine) return reach_of(map);
  std::vector<float> sizes;
  for (const float value : map.values) sizes.push_back(std::abs(value));
  const auto at = sizes.begin() + std::ptrdiff_t(share * double(sizes.size()));
  std::nth_element(sizes.begin(), at, sizes.end());
  return *at > 0 ? *at : reach_of(map);
}

ImU32 with_opacity(ImU32 color, float opacity) {
  return (color & ~IM_COL32_A_MASK) |
         (ImU32(std::clamp(opacity, 0.0f, 1.0f) * 255 + 0.5f) << IM_COL32_A_SHIFT);
}

void draw_cells(Context& context, const CellMap& map, bool is_signed, float reach, const Rect& all,
                const Certainty& certainty) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  constexpr float veil = 0.94f, strongest = 0.86f;
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      const float value = map.values[std::size_t(y) * std::size_t(map.width) + std::size_t(x)];
      const float share = reach > 0 ? std::clamp(value / reach, -1.0f, 1.0f) : 0.0f;
      const Rect exact = cell_rect(all, map.height, map.width, {y, x});
      const ImU32 color = is_signed ? with_opacity(sign_color(context, double(share), certainty),
                                                   strongest * std::sqrt(std::abs(share)))
                                    : with_opacity(context.theme.page, veil * (1 - std::max(0.0f, share)));
      list.AddRectFilled({std::round(exact.from.x), std::round(exact.from.y)},
                         {std::round(exact.to.x), std::round(exact.to.y)}, color);
    }
}

}  // namespace tessera::ui
