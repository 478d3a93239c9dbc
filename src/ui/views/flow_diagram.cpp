#include "ui/views/flow_diagram.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/keys.h"
#include "ui/widgets/group_icon.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/ribbon.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float diagram_header_height = 50;
constexpr float node_width = 60;
constexpr float class_width = 132;
constexpr float least_class_width = 84;  // "−0.000123" in small letters
constexpr float stripe = 4;
constexpr float node_gap = 10;
constexpr float least_group = 30;
constexpr float least_other = 15;
constexpr float least_class = 34;
constexpr float objective_share = 0.4f;  // of the height
constexpr float plain_opacity = 0.42f;   // opacity of a ribbon
constexpr float marked_opacity = 0.78f;
constexpr float aside = 0.05f;       // of what is not in question
constexpr float other_share = 0.5f;  // of the opacity, where a ribbon comes from no group

// A node of the plan.
struct At {
  int column = 0;
  int node = 0;
  bool operator==(const At&) const = default;
};

// The plan on screen.
struct Placed {
  const FlowPlan& plan;
  figure::Sankey sankey;
  figure::SankeyLayout layout;
  std::vector<float> left;  // of each column
  float width = 0;          // of a node
  float class_width = 0;
  float top = 0;

  bool is_class(int column) const { return column + 1 == int(plan.columns.size()); }
  Rect node(At at) const {
    const figure::SankeySpan& span = layout.nodes[std::size_t(at.column)][std::size_t(at.node)];
    const float from = left[std::size_t(at.column)];
    return {{from, top + float(span.top)},
            {from + (is_class(at.column) ? class_width : width), top + float(span.bottom)}};
  }
  Ribbon ribbon(const figure::SankeyRibbon& placed) const {
    const figure::SankeyLink& link = sankey.links[placed.link];
    const std::size_t column = std::size_t(link.column);
    return {left[column] + width, left[column + 1], top + float(placed.source.center()),
            top + float(placed.target.center()), float(placed.source.height())};
  }
};

// What the columns of two diagrams are compared by.
std::string name_of_column(const KnownFlows& flows, std::size_t column) {
  const auto& groups = flows.inputs.groups;
  return column < groups.size() ? groups[column]->layer : std::string("the classes");
}

// Diagrams that stand beside each other draw equal magnitudes equally high, and equal flows equally wide: the
// lesser of a column fills less of its height.
figure::SankeyLayout lay_out(const Context& context, const AppState& state, const KnownFlows& flows,
                             const figure::Sankey& sankey, float height) {
  figure::SankeySpace space{double(height), double(context.px(node_gap)), {}, {}};
  if (!context.scales) return figure::lay_out(sankey, space);
  const bool towards = flows.inputs.towards.has_value();
  const char* weights = state.flows.height == FlowHeight::magnitude ? "magnitude of " : "contribution of ";
  for (std::size_t column = 0; column < sankey.columns.size(); ++column) {
    double sum = 0;
    for (const figure::SankeyNode& node : sankey.columns[column]) sum += node.weight;
    const std::string what = weights + name_of_column(flows, column);
    space.wholes.push_back(sum > 0 ? double(context.agreed("flows: " + what, float(sum))) : 0);
  }
  const figure::SankeyLayout alone = figure::lay_out(sankey, space);
  for (std::size_t gap = 0; gap < alone.scales.size(); ++gap) {
    // What fills one unscaled pixel: the greater of two is drawn in both.
    const double value = alone.scales[gap] > 0 ? double(context.px(1)) / alone.scales[gap] : 0;
    const std::string what = name_of_column(flows, gap) + " to " + name_of_column(flows, gap + 1);
    const float agreed =
        value > 0 ? context.agreed((towards ? "flow towards a class, " : "flow, ") + what, float(value)) : 0;
    space.most_scales.push_back(agreed > 0 ? double(context.px(1)) / double(agreed) : 0);
  }
  return figure::lay_out(sankey, space);
}

Placed place(const AppState& state, const Context& context, const KnownFlows& flows, const FlowPlan& plan,
             const Rect& where) {
  Placed placed{plan, plan.sankey, {}, {}, 0, 0, 0};
  const bool towards = flows.inputs.towards.has_value();
  placed.top = where.from.y + context.px(diagram_header_height);
  const float height = std::max(context.px(20), where.to.y - placed.top);
  for (std::size_t column = 0; column < plan.columns.size(); ++column)
    for (std::size_t i = 0; i < plan.columns[column].size(); ++i) {
      figure::SankeyNode& node = placed.sankey.columns[column][i];
      const FlowNodeKind kind = plan.columns[column][i].kind;
      node.least = double(context.px(kind == FlowNodeKind::group    ? least_group
                                     : kind == FlowNodeKind::target ? least_class
                                                                    : least_other));
      if (kind != FlowNodeKind::target) continue;
      if (towards && i == 0) node.least = double(height * objective_share);
      if (towards) continue;
      for (const figure::SankeyLink& link : plan.sankey.links)
        if (std::size_t(link.column) + 1 == column && std::size_t(link.target) == i)
          node.weight += std::abs(link.value);
    }
  placed.layout = lay_out(context, state, flows, placed.sankey, height);
  const float layers = float(std::max<std::size_t>(1, flows.inputs.groups.size()));
  placed.class_width = std::clamp(where.width() * (context.beside ? 0.19f : 0.24f),
                                  context.px(least_class_width), context.px(class_width));
  const float step = (where.width() - placed.class_width) / layers;
  placed.width = std::min(context.px(node_width), step * 0.5f);
  for (std::size_t column = 0; column < plan.columns.size(); ++column)
    placed.left.push_back(std::round(where.from.x + float(column) * step));
  return placed;
}

// What is in question: a node under the mouse or hovered elsewhere; a pinned group; a ribbon under the mouse.
struct Focus {
  std::optional<At> hovered;
  std::optional<At> pinned;
  std::optional<std::size_t> link;
};

std::optional<At> find_group(const KnownFlows& flows, const std::optional<GroupRef>& ref) {
  if (!ref) return std::nullopt;
  const auto& groups = flows.inputs.groups;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups[i]->layer == ref->layer && ref->group < groups[i]->groups()) return At{int(i), ref->group};
  return std::nullopt;
}

Focus focus_of(const AppState& state, const Context& context, const KnownFlows& flows, const Placed& placed) {
  Focus focus;
  focus.pinned = find_group(flows, state.selection.pinned.group);
  focus.hovered = find_group(flows, state.selection.hovered.group);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!ImGui::IsWindowHovered()) return focus;
  for (int column = 0; column < int(placed.plan.columns.size()); ++column)
    for (int node = 0; node < int(placed.plan.columns[std::size_t(column)].size()); ++node)
      if (placed.node({column, node}).contains(mouse)) {
        focus.hovered = At{column, node};
        return focus;
      }
  // The narrow ones lie on top.
  const auto& ribbons = placed.layout.ribbons;
  for (auto each = ribbons.rbegin(); each != ribbons.rend() && !focus.link; ++each)
    if (on_ribbon(placed.ribbon(*each), mouse, context.px(1.5f))) focus.link = each->link;
  return focus;
}

bool meets(const figure::SankeyLink& link, At at) {
  return (link.column == at.column && link.source == at.node) ||
         (link.column + 1 == at.column && link.target == at.node);
}

ImU32 color_of_link(const Context& context, const Placed& placed, const figure::SankeyLink& link,
                    const Certainty& certainty, float opacity) {
  const ImU32 sign = sign_color(context, link.value, certainty);
  const FlowNodeKind from = placed.plan.columns[std::size_t(link.column)][std::size_t(link.source)].kind;
  if (from != FlowNodeKind::group) opacity *= other_share;
  return (sign & ~IM_COL32_A_MASK) | (ImU32(opacity * 255) << IM_COL32_A_SHIFT);
}

void draw_ribbons(Context& context, const Placed& placed, const Focus& focus, const Certainty& certainty) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  std::vector<double> shares;
  if (!focus.hovered && focus.pinned)
    shares = figure::shares_through(placed.sankey, focus.pinned->column, focus.pinned->node);
  for (const figure::SankeyRibbon& each : placed.layout.ribbons) {
    const figure::SankeyLink& link = placed.sankey.links[each.link];
    Ribbon ribbon = placed.ribbon(each);
    float opacity = plain_opacity;
    if (focus.hovered) opacity = meets(link, *focus.hovered) ? marked_opacity : aside;
    if (!shares.empty()) {
      draw_ribbon(list, ribbon, color_of_link(context, placed, link, certainty, aside));
      ribbon.thickness *= float(shares[each.link]);
      opacity = marked_opacity;
    }
    if (focus.link == each.link) opacity = marked_opacity + 0.15f;
    const ImU32 color = color_of_link(context, placed, link, certainty, opacity);
    draw_ribbon(list, ribbon, color);
    if (certainty.provisional) hatch_ribbon(list, ribbon, color, context.px(1));
    const Ribbon whole = placed.ribbon(each);
    const float x = (whole.left + whole.right) / 2;
    const float y = whole.middle(x);
    context.marks.add("flows/ribbon/" + std::to_string(link.column) + "/" + std::to_string(link.source) +
                          "/" + std::to_string(link.target),
                      {{x - 1, y - 1}, {x + 1, y + 1}});
  }
}

std::string name_of(const Scene& scene, const KnownFlows& flows, const Placed& placed, At at) {
  const FlowNode& node = placed.plan.columns[std::size_t(at.column)][std::size_t(at.node)];
  if (node.kind == FlowNodeKind::target)
    return at.node == 0 && flows.inputs.towards ? text_of(scene, *flows.inputs.towards)
                                                : scene.label(node.index);
  const std::string& layer = flows.inputs.groups[std::size_t(at.column)]->layer;
  if (node.kind == FlowNodeKind::group) return "group " + std::to_string(node.index + 1) + " of " + layer;
  return node.kind == FlowNodeKind::residual ? "what is in no group of " + layer
                                             : "the bias: what comes with " + layer + " at zero";
}

void tell_ribbon(const Scene& scene, const KnownFlows& flows, const Placed& placed, std::size_t index) {
  const figure::SankeyLink& link = placed.sankey.links[index];
  double all = 0;
  for (const figure::SankeyLink& each : placed.sankey.links)
    if (each.column == link.column && each.target == link.target) all += std::abs(each.value);
  const std::string from = name_of(scene, flows, placed, {link.column, link.source});
  const std::string to = name_of(scene, flows, placed, {link.column + 1, link.target});
  const std::string towards =
      flows.inputs.towards ? " towards " + text_of(scene, *flows.inputs.towards) : std::string();
  const std::string share = flows.provisional ? ", provisional"
                                              : ", " + percent(all > 0 ? std::abs(link.value) / all : 0) +
                                                    " of all that goes there";
  ImGui::SetTooltip("From %s\nto %s\n%s%s%s", from.c_str(), to.c_str(),
                    signed_number(link.value, flows.certainty()).c_str(), towards.c_str(), share.c_str());
}

void draw_group(const AppState& state, Context& context, const Scene& scene,
                const session::LayerGroups& groups, int group, bool may_render, float strength,
                const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 hue = color_of(groups.hues[std::size_t(group)], int(255 * strength));
  const float edge = context.px(stripe);
  const GroupRef ref{groups.layer, group};
  list.AddRectFilled(where.from, {where.from.x + edge, where.to.y}, hue, context.px(1.5f));
  list.AddRectFilled({where.to.x - edge, where.from.y}, where.to, hue, context.px(1.5f));
  const float side =
      std::floor(std::max(1.0f, std::min(where.width() - 2 * edge - context.px(4), where.height())));
  const ImVec2 from{std::round(where.center().x - side / 2), std::round(where.center().y - side / 2)};
  const Rect icon{from, {from.x + side, from.y + side}};
  draw_group_icon(context, scene, groups, group, may_render, icon, strength);
  mark_group(state.selection, context, ref, icon);
  const std::string name = "flows/" + groups.layer + "/" + std::to_string(group);
  mark_control(context, name, where);
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  context.hover.group = ref;
  context.hovered_at = where;
  if (ImGui::IsMouseClicked(0)) context.emit(action::PinGroup{ref});
}

// What belongs to no group, in grey and in words.
void draw_other(Context& context, const session::LayerGroups& groups, FlowNodeKind kind, float strength,
                const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 grey = color_of(factorization::no_group, int(190 * strength));
  const float edge = context.px(stripe);
  list.AddRectFilled(where.from, {where.from.x + edge, where.to.y}, grey, context.px(1.5f));
  list.AddRectFilled({where.to.x - edge, where.from.y}, where.to, grey, context.px(1.5f));
  const bool is_bias = kind == FlowNodeKind::bias;
  ImFont* font = context.fonts.small;
  const char* name = is_bias ? "bias" : "rest";
  if (text_size(font, name).x <= where.width() - 2 * edge)
    draw_text(context, font, {where.center().x, where.center().y - render::font_size(font) / 2},
              strength < 1 ? context.theme.faint : context.theme.muted, name, 0, Align::center);
  context.marks.add("flows/" + groups.layer + (is_bias ? "/bias" : "/residual"), where);
}

void draw_class(const AppState& state, Context& context, const Scene& scene, const KnownFlows& flows,
                const Placed& placed, At at, bool has_ribbons, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const FlowNode& node = placed.plan.columns[std::size_t(at.column)][std::size_t(at.node)];
  const bool hovered = ImGui::IsWindowHovered() && where.contains(ImGui::GetIO().MousePos);
  const bool asked = at.node == 0;
  const bool is_marked = hovered || state.selection.hovered.class_index == node.index;
  list.AddRectFilled(where.from, {where.from.x + context.px(stripe), where.to.y},
                     has_ribbons ? context.theme.bar : context.theme.hairline, context.px(1.5f));
  const float left = where.from.x + context.px(stripe + 8);
  ImFont* font = asked ? context.fonts.strong : context.fonts.body;
  const float line = render::font_size(font);
  const bool tells = has_ribbons && node.contribution != 0;
  const float top = where.center().y - (tells ? line + context.px(1) : line / 2);
  draw_text(context, font, {left, top},
            is_marked              ? context.theme.accent
            : asked || has_ribbons ? context.theme.ink
                                   : context.theme.muted,
            name_of(scene, flows, placed, at), where.to.x - left);
  if (tells) {
    const std::string told = number(node.contribution);
    const bool fits = text_size(context.fonts.number, told).x <= where.to.x - left;
    draw_text(context, fits ? context.fonts.number : context.fonts.small, {left, top + line + context.px(3)},
              context.theme.muted, told);
  }
  mark_control(context, "flows/class/" + std::to_string(node.index), where);
  if (!hovered) return;
  context.hover.class_index = node.index;
  if (ImGui::IsMouseClicked(0))
    context.emit(action::ChooseClass{node.index, control_held(), scene.objective});
}

void draw_headers(Context& context, const Scene& scene, const Placed& placed, const Rect& where) {
  if (placed.left.size() < 2) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rule = std::round(where.from.y + context.px(38)) + 0.5f;
  const float step = placed.left[1] - placed.left[0];
  const float width = step - std::min(context.px(16), step * 0.08f);
  ImFont* font = font_of_names(context.fonts, names_of(scene.layers), width);
  const auto header = [&](float left, float most, const std::string& name, const std::string& below) {
    draw_text(context, font, {left, where.from.y}, context.theme.ink, name, most);
    if (text_size(context.fonts.small, below).x <= most)
      draw_text(context, context.fonts.small, {left, where.from.y + context.px(18)}, context.theme.muted,
                below);
    list.AddLine({left, rule}, {left + most, rule}, context.theme.hairline);
  };
  for (std::size_t i = 0; i < scene.layers.size() && i + 1 < placed.left.size(); ++i) {
    const model::LayerInfo& layer = *scene.layers[i];
    header(placed.left[i], width, layer.name,
           std::to_string(layer.height) + " × " + std::to_string(layer.width) + " × " +
               std::to_string(layer.channels));
  }
  header(placed.left.back(), where.to.x - placed.left.back(), "Classes", "logits");
}

}  // namespace

void flow_diagram(const AppState& state, Context& context, const Scene& scene, const KnownFlows& flows,
                  const FlowPlan& plan, bool may_render, const Rect& where) {
  const Placed placed = place(state, context, flows, plan, where);
  const Focus focus = focus_of(state, context, flows, placed);
  draw_headers(context, scene, placed, where);
  draw_ribbons(context, placed, focus, flows.certainty());
  std::vector<double> shares;
  if (!focus.hovered && focus.pinned)
    shares = figure::shares_through(placed.sankey, focus.pinned->column, focus.pinned->node);
  for (int column = 0; column < int(plan.columns.size()); ++column)
    for (int i = 0; i < int(plan.columns[std::size_t(column)].size()); ++i) {
      const FlowNode& node = plan.columns[std::size_t(column)][std::size_t(i)];
      const At at{column, i};
      const Rect there = placed.node(at);
      bool touched = at == focus.hovered || at == focus.pinned;
      bool has_ribbons = false;
      for (std::size_t link = 0; link < placed.sankey.links.size(); ++link) {
        if (!meets(placed.sankey.links[link], at)) continue;
        has_ribbons = true;
        if (focus.hovered) touched = touched || meets(placed.sankey.links[link], *focus.hovered);
        if (!shares.empty()) touched = touched || shares[link] > 0.02;
      }
      const bool in_question = (!focus.hovered && shares.empty()) || touched;
      const float strength = in_question ? 1.0f : 0.35f;
      if (node.kind == FlowNodeKind::group)
        draw_group(state, context, scene, *flows.inputs.groups[std::size_t(column)], node.index, may_render,
                   strength, there);
      else if (node.kind == FlowNodeKind::target)
        draw_class(state, context, scene, flows, placed, at, has_ribbons, there);
      else
        draw_other(context, *flows.inputs.groups[std::size_t(column)], node.kind, strength, there);
    }
  if (focus.link) tell_ribbon(scene, flows, placed, *focus.link);
}

}  // namespace tessera::ui
