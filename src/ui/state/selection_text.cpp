#include "ui/state/selection_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "tessera/base/error.h"

namespace tessera::ui {
namespace {

constexpr std::array view_names{"overview", "dictionary", "grids", "spatial", "channels", "comparison",
                                "groups",   "flows",      "sheet", "cube",    "space"};
constexpr std::array method_names{"path", "linear"};
constexpr std::array board_names{"kept", "cancelled", "difference"};
constexpr std::array map_names{"activation", "attribution"};
constexpr std::array scale_names{"shared", "own"};
constexpr std::array atom_names{"neuron", "position", "channel", "group", "whole"};
constexpr std::array basis_names{"channels", "components", "groups"};
constexpr std::array content_names{"icons", "components"};
constexpr std::array size_names{"whole", "area", "side"};
constexpr std::array truth_names{"false", "true"};
constexpr std::array towards_names{"groups", "class"};
constexpr std::array height_names{"magnitude", "contribution"};
constexpr std::array order_names{"found", "contribution", "left_to_right"};

[[noreturn]] void refuse(std::string_view name, std::string_view value, const std::string& expected) {
  throw Error("a figure's setting has a value that makes no sense",
              std::string(name) + "=" + std::string(value), "Give " + expected);
}

template <std::size_t N>
int one_of(const std::array<const char*, N>& names, std::string_view name, std::string_view value) {
  const auto found = std::ranges::find(names, value);
  if (found != names.end()) return int(found - names.begin());
  std::string listed;
  for (const char* each : names) listed += (listed.empty() ? "" : ", ") + std::string(each);
  refuse(name, value, "one of " + listed);
}

int whole_number(std::string_view name, std::string_view value) {
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < 0)
    refuse(name, value, "a whole number from 0");
  return number;
}

template <class Number>
Number fraction(std::string_view name, std::string_view value, const char* expected) {
  Number number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !(number >= 0 && number <= 1))
    refuse(name, value, expected);
  return number;
}

float share(std::string_view name, std::string_view value) {
  return fraction<float>(name, value, "shares of the picture from 0 to 1");
}

double weight(std::string_view name, std::string_view value) {
  return fraction<double>(name, value, "a weight from 0 to 1");
}

// "blocks.3.expand:17" in two.
std::pair<std::string_view, std::string_view> of_layer(std::string_view name, std::string_view value) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string_view::npos || colon == 0) refuse(name, value, "a layer, a colon, and the rest");
  return {value.substr(0, colon), value.substr(colon + 1)};
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (const auto part = text.substr(0, comma); !part.empty()) parts.emplace_back(part);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return parts;
}

std::string exact(float value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.6g", double(value));
  return digits;
}

void set_place(Selection& selection, std::string_view name, std::string_view value) {
  const auto [layer, rest] = of_layer(name, value);
  const std::size_t comma = rest.find(',');
  if (comma == std::string_view::npos) refuse(name, value, "a layer, a colon, and two numbers");
  selection.pinned.place =
      Place{std::string(layer), share(name, rest.substr(0, comma)), share(name, rest.substr(comma + 1))};
}

void set_objective(Selection& selection, std::string_view name, std::string_view value) {
  ObjectiveChoice objective = selection.objective.value_or(ObjectiveChoice{});
  const int index = whole_number(name, value);
  if (name == "class")
    objective.plus = index;
  else
    objective.minus = index;
  selection.objective = objective;
}

bool set_selection(Selection& selection, std::string_view name, std::string_view value) {
  if (name == "view") {
    selection.view = ViewKind(one_of(view_names, name, value));
  } else if (name == "layer") {
    selection.layer = value;
  } else if (name == "layers") {
    selection.layers = split(value);
  } else if (name == "class" || name == "against") {
    set_objective(selection, name, value);
  } else if (name == "channel") {
    const auto [layer, index] = of_layer(name, value);
    selection.pinned.channel = ChannelRef{std::string(layer), whole_number(name, index)};
  } else if (name == "picked") {
    const auto [layer, indices] = of_layer(name, value);
    PickedChannels picked{std::string(layer), {}};
    for (const std::string& index : split(indices)) picked.channels.push_back(whole_number(name, index));
    std::ranges::sort(picked.channels);
    picked.channels.erase(std::ranges::unique(picked.channels).begin(), picked.channels.end());
    selection.pinned.picked = picked.channels.empty() ? PickedChannels{} : picked;
  } else if (name == "group") {
    const auto [layer, index] = of_layer(name, value);
    selection.pinned.group = GroupRef{std::string(layer), whole_number(name, index)};
  } else if (name == "place") {
    set_place(selection, name, value);
  } else if (name == "spec") {
    selection.spec.elements = figure::spec_from_json(value).elements;
  } else {
    return false;
  }
  return true;
}

bool set_groups(GroupOptions& groups, std::string_view name, std::string_view value) {
  if (name == "k") {
    groups.k = whole_number(name, value);
  } else if (name == "activations") {
    groups.objective.activations = weight(name, value);
  } else if (name == "gradients") {
    groups.objective.gradients = weight(name, value);
  } else if (name == "attributions") {
    groups.objective.attributions = weight(name, value);
  } else if (name == "order") {
    groups.order = GroupOrder(one_of(order_names, name, value));
  } else {
    return false;
  }
  groups.k = std::clamp(groups.k, 1, factorization::Factorization::most_atoms);
  return true;
}

bool set_flows(FlowOptions& flows, std::string_view name, std::string_view value) {
  if (name == "compatible") {
    flows.compatible = one_of(truth_names, name, value) == 1;
  } else if (name == "towards") {
    flows.towards_class = one_of(towards_names, name, value) == 1;
  } else if (name == "height") {
    flows.height = FlowHeight(one_of(height_names, name, value));
  } else {
    return false;
  }
  return true;
}

bool set_options(AppState& state, std::string_view name, std::string_view value) {
  AttributionOptions& attribution = state.attribution;
  if (name == "method") {
    attribution.method = AttributionMethod(one_of(method_names, name, value));
  } else if (name == "pooling") {
    attribution.rules.pooling = attribution::pooling_from_text(value);
  } else if (name == "checkerboard") {
    const int chosen = one_of(board_names, name, value);
    attribution.rules.cancel_checkerboard = chosen == 1;
    attribution.show_difference = chosen == 2;
  } else if (name == "map") {
    attribution.map = ChannelMap(one_of(map_names, name, value));
  } else if (name == "scale") {
    attribution.one_scale = one_of(scale_names, name, value) == 0;
  } else if (name == "basis") {
    state.basis = Basis(one_of(basis_names, name, value));
  } else if (name == "factors") {
    state.spatial.factors = std::clamp(whole_number(name, value), 2, 6);
  } else if (name == "size") {
    state.grids.size = CellSize(one_of(size_names, name, value));
  } else if (name == "atom") {
    state.cube.atom = Atom(one_of(atom_names, name, value));
  } else if (name == "turn") {
    state.cube.turn = whole_number(name, value) % 360;
  } else if (name == "tilt") {
    state.cube.tilt = std::clamp(whole_number(name, value), 5, 85);
  } else if (name == "content") {
    state.grids.content = CellContent(one_of(content_names, name, value));
  } else {
    return set_groups(state.groups, name, value) || set_flows(state.flows, name, value);
  }
  return true;
}

}  // namespace

std::vector<Setting> settings_of(const AppState& state) {
  const Selection& selection = state.selection;
  const AttributionOptions& attribution = state.attribution;
  const AppState fresh;
  std::vector<Setting> made{{"view", view_names[std::size_t(selection.view)]}};
  const auto add = [&](const char* name, bool differs, const std::string& value) {
    if (differs) made.emplace_back(name, value);
  };
  add("layer", !selection.layer.empty(), selection.layer);
  std::string layers;
  for (const std::string& layer : selection.layers) layers += (layers.empty() ? "" : ",") + layer;
  add("layers", !layers.empty(), layers);
  if (const auto& objective = selection.objective) {
    add("class", true, std::to_string(objective->plus));
    if (objective->minus) add("against", true, std::to_string(*objective->minus));
  }
  if (const auto& channel = selection.pinned.channel)
    add("channel", true, channel->layer + ":" + std::to_string(channel->channel));
  if (const PickedChannels& picked = selection.pinned.picked; !picked.channels.empty()) {
    std::string indices;
    for (const int channel : picked.channels)
      indices += (indices.empty() ? "" : ",") + std::to_string(channel);
    add("picked", true, picked.layer + ":" + indices);
  }
  if (const auto& group = selection.pinned.group)
    add("group", true, group->layer + ":" + std::to_string(group->group));
  if (const auto& place = selection.pinned.place)
    add("place", true, place->layer + ":" + exact(place->y) + "," + exact(place->x));
  if (selection.spec.elements != fresh.selection.spec.elements)
    add("spec", true, figure::to_json(figure::FigureSpec{selection.spec.elements, {}, {}}));
  add("method", attribution.method != fresh.attribution.method,
      method_names[std::size_t(attribution.method)]);
  add("pooling", attribution.rules.pooling != fresh.attribution.rules.pooling,
      to_text(attribution.rules.pooling));
  const std::size_t board = attribution.show_difference ? 2 : attribution.rules.cancel_checkerboard ? 1 : 0;
  add("checkerboard", board != 0, board_names[board]);
  add("map", attribution.map != fresh.attribution.map, map_names[std::size_t(attribution.map)]);
  add("scale", !attribution.one_scale, "own");
  add("basis", state.basis != fresh.basis, basis_names[std::size_t(state.basis)]);
  add("factors", state.spatial != fresh.spatial, std::to_string(state.spatial.factors));
  add("size", state.grids.size != fresh.grids.size, size_names[std::size_t(state.grids.size)]);
  add("atom", state.cube.atom != fresh.cube.atom, atom_names[std::size_t(state.cube.atom)]);
  add("turn", state.cube.turn != fresh.cube.turn, std::to_string(state.cube.turn));
  add("tilt", state.cube.tilt != fresh.cube.tilt, std::to_string(state.cube.tilt));
  add("content", state.grids.content != fresh.grids.content, content_names[std::size_t(state.grids.content)]);
  const GroupOptions& groups = state.groups;
  add("k", groups.k != fresh.groups.k, std::to_string(groups.k));
  const factorization::Objective& about = groups.objective;
  const factorization::Objective& usual = fresh.groups.objective;
  add("activations", about.activations != usual.activations, exact(float(about.activations)));
  add("gradients", about.gradients != usual.gradients, exact(float(about.gradients)));
  add("attributions", about.attributions != usual.attributions, exact(float(about.attributions)));
  add("order", groups.order != fresh.groups.order, order_names[std::size_t(groups.order)]);
  const FlowOptions& flows = state.flows;
  add("compatible", flows.compatible != fresh.flows.compatible, truth_names[flows.compatible ? 1 : 0]);
  add("towards", flows.towards_class != fresh.flows.towards_class,
      towards_names[flows.towards_class ? 1 : 0]);
  add("height", flows.height != fresh.flows.height, height_names[std::size_t(flows.height)]);
  return made;
}

void set_from_text(AppState& state, std::string_view name, std::string_view value) {
  if (set_selection(state.selection, name, value) || set_options(state, name, value)) return;
  throw Error(
      "a figure has no such setting", std::string(name),
      "Choose from view, layer, layers, class, against, channel, picked, group, place, method, pooling, "
      "checkerboard, map, scale, basis, factors, size, content, atom, turn, tilt, k, activations, gradients, "
      "attributions, order, compatible, towards, height and spec");
}

}  // namespace tessera::ui
