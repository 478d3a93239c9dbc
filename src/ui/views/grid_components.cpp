#include "ui/views/grid_components.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "tessera/session/ask_groups.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr int components = 3;
constexpr float component_icon_side = 52;
constexpr int component_alpha = 205;  // of the colours, over the picture
constexpr std::array<ImU32, components> colors{IM_COL32(214, 69, 65, 255), IM_COL32(52, 160, 82, 255),
                                               IM_COL32(58, 104, 200, 255)};

// Those that are coloured, the most explaining first: all atoms but the mean.
std::vector<int> colored(const session::LayerGroups& groups) {
  std::vector<int> found;
  for (int atom = 0; atom < groups.groups(); ++atom)
    if (atom != groups.factorization.mean_atom) found.push_back(atom);
  std::ranges::stable_sort(found, [&](int a, int b) { return groups.explained(a) > groups.explained(b); });
  if (int(found.size()) > components) found.resize(components);
  return found;
}

void cells(const session::LayerGroups& groups, const std::vector<int>& atoms, const GridPlace& place) {
  const factorization::Matrix& maps = groups.factorization.maps;
  std::vector<float> reach;
  for (const int atom : atoms) {
    float most = 0;
    for (int i = 0; i < maps.rows; ++i) most = std::max(most, std::abs(maps.at(i, atom)));
    reach.push_back(most);
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int y = 0; y < groups.height; ++y)
    for (int x = 0; x < groups.width; ++x) {
      int rgb[components] = {128, 128, 128};
      for (std::size_t i = 0; i < atoms.size(); ++i)
        if (reach[i] > 0) rgb[i] = int(127.5f + 127.5f * maps.at(y * groups.width + x, atoms[i]) / reach[i]);
      const Rect cell = whole_pixels(place.all, *place.layer, {y, x});
      list.AddRectFilled(cell.from, cell.to, IM_COL32(rgb[0], rgb[1], rgb[2], component_alpha));
    }
}

// One icon with what it is beneath it, underlined in its colour.
void legend_entry(Context& context, const Scene& scene, const session::LayerGroups& groups, int atom,
                  const std::string& name, ImU32 color, ImVec2 at) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = context.px(component_icon_side);
  const Rect icon{at, {at.x + side, at.y + side}};
  const auto direction = groups.factorization.directions.row(atom);
  draw_icon(scene, context,
            {groups.layer, featurevis::Direction{{direction.begin(), direction.end()}, 0}, false, 1, 0},
            icon);
  list.AddRectFilled({icon.from.x, icon.to.y + context.px(2)}, {icon.to.x, icon.to.y + context.px(5)}, color);
  draw_text(context, context.fonts.small, {at.x, icon.to.y + context.px(8)}, context.theme.muted, name, side);
  context.marks.add("grids/component/" + groups.layer + "/" + std::to_string(atom), icon);
}

}  // namespace

void component_grid(Context& context, const Scene& scene, const GridPlace& place, const Rect& legend) {
  session::GroupsRequest request;
  request.model = scene.model;
  request.image = scene.image;
  request.layer = place.layer->name;
  request.method = factorization::Method::pca;
  request.k = std::min({components, place.layer->channels, place.layer->height * place.layer->width});
  {
    const Clipped clip(place.grid);
    draw_seen(scene, context, place.all);
  }
  const auto groups =
      value_or_status(context, session::ask_groups(context.engine, request), place.grid, "Components");
  if (!groups) return;
  context.on_own_scale();  // components of another picture are others
  const std::vector<int> atoms = colored(*groups);
  {
    const Clipped clip(place.grid);
    cells(*groups, atoms, place);
  }
  const float step = context.px(component_icon_side + 12);
  float x = legend.from.x;
  const int mean = groups->factorization.mean_atom;
  if (mean >= 0) {
    legend_entry(context, scene, *groups, mean, "Mean", context.theme.faint, {x, legend.from.y});
    x += step;
  }
  for (std::size_t i = 0; i < atoms.size() && x + step <= legend.to.x + context.px(12); ++i, x += step)
    legend_entry(context, scene, *groups, atoms[i], percent(groups->explained(atoms[i])), colors[i],
                 {x, legend.from.y});
}

}  // namespace tessera::ui
