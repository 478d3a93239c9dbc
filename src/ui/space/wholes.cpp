#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/classes_in_question.h"
#include "ui/cube/draw_blocks.h"
#include "ui/flows.h"
#include "ui/space/atom_values.h"
#include "ui/space/panels.h"
#include "ui/space/target.h"
#include "ui/views/catalogue.h"
#include "ui/views/flow_diagram.h"
#include "ui/views/group_table.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float least_cube = 150;
constexpr int classes_of_flows = 5;
constexpr float turn = 0.52f, tilt = 0.49f;  // radians

// The layer of a table: that which views of one layer show, where it is among them.
const model::LayerInfo* one_of(const Scene& scene, const std::vector<const model::LayerInfo*>& layers) {
  return std::ranges::find(layers, scene.layer) != layers.end() ? scene.layer : layers.back();
}

}  // namespace

bool view_panel(const PanelScene& panels, const std::string& view, const Rect& where) {
  const ViewEntry* entry = find_view(view);
  if (!entry) return false;
  entry->draw(panels.state, panels.context, where);
  return true;
}

bool group_table_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const model::LayerInfo& layer = *one_of(panels.scene, layers_of(panels, element));
  const KnownGroups known = groups_of(panels.state, context, panels.scene, layer.name);
  if (known.error) {
    draw_failed(context, where, *known.error);
    return false;
  }
  if (!known.value) {
    draw_pending(context, where, known.progress, "Groups");
    return false;
  }
  GroupTable table;
  table.groups = known.value;
  if (known.settled) table.effects = effects_of_groups(panels.state, context.engine, known.value);
  table.classes = classes_in_question(panels.scene, fitting_group_columns(context, where));
  const AtomValues values = values_of(panels, index, layer);
  table.order = values.values.empty() ? shown_order(*known.value, GroupOrder::found, std::nullopt)
                                      : first_atoms(element, values, known.value->groups());
  table.may_render = known.settled;
  group_table(panels.state, context, panels.scene, table, where);
  return true;
}

bool ribbons_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  // All that are shown, whichever group is pinned: the diagram must not change under the mouse.
  Scene scene = panels.scene;
  scene.layers = hidden_layers(scene);
  if (!element.layers.empty() || !element.towards->layer.empty()) {
    scene.layers = layers_of(panels, element);
    if (const model::LayerInfo* end = target_layer(panels, element)) scene.layers.push_back(end);
  }
  const KnownFlows flows = flows_of(panels.state, context, scene, classes_of_flows);
  if (flows.error) {
    draw_failed(context, where, *flows.error);
    return false;
  }
  if (flows.inputs.groups.empty()) {
    draw_pending(context, where, flows.progress, "Groups");
    return false;
  }
  const FlowPlan plan = plan_flows(flows.inputs, panels.state.flows.height);
  flow_diagram(panels.state, context, scene, flows, plan, true, where);
  return true;
}

bool cube_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const auto layers = fitting_layers(panels, panels.element(index), where.width(), context.px(least_cube));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    draw_text(context, context.fonts.strong, columns[i].from, context.theme.ink, layers[i]->name,
              columns[i].width());
    const Rect room =
        fitted({{columns[i].from.x, columns[i].from.y + context.px(panel_head_height)}, columns[i].to}, 1);
    const auto activations = activations_of(panels.scene, context.engine, layers[i]->name);
    if (!activations) continue;
    const Cube& cube = *activations->cube;
    const Projection projection(turn, tilt, room.center(),
                                fitting(turn, tilt, bounds(cube.height, cube.width), room));
    std::vector<Block> blocks = blocks_of(cut_for(Atom::position, cube.height, cube.width, cube.channels),
                                          cube.height, cube.width, cube.channels);
    sort_by_nearness(blocks, projection);
    std::vector<float> means;
    for (const Block& block : blocks) means.push_back(std::abs(mean_of(cube, block)));
    const float most =
        context.agreed("cube: mean of " + layers[i]->name + " in " + std::to_string(means.size()) + " parts",
                       means.empty() ? 0 : *std::ranges::max_element(means));
    std::vector<BlockLook> looks;
    for (const float mean : means) looks.push_back({block_grey(context, most > 0 ? mean / most : 0), false});
    draw_blocks(context, projection, blocks, looks);
    context.marks.add("space/cube/" + layers[i]->name, room);
    drawn = true;
  }
  return drawn;
}

}  // namespace tessera::ui
