// What combines with what, and why not where it does not. The two tables hold every kind of atom of every
// stratum; what is beneath them is about the ends of an attribution, layers and operations.
#include <algorithm>
#include <set>

#include "tessera/figure/grammar.h"

namespace tessera::figure {
namespace {

using Objection = std::optional<std::string>;
using Sentence = const char*;

constexpr Sentence legal = nullptr;
constexpr Sentence looks_like_itself =
    "The input’s pixels and colour planes look like themselves: there is nothing to visualise by "
    "optimisation";
constexpr Sentence few_planes =
    "Groups are found among many channels: the input’s few colour planes make none that say anything";
constexpr Sentence no_grid =
    "The output has no grid: it has neither positions nor channels nor groups of them, only neurons, the "
    "classes";
constexpr Sentence list_of_classes =
    "The output as a whole is nothing but the list of its classes: choose its neurons";
constexpr Sentence no_direction =
    "The output as a whole is no direction that an icon could be made for: choose its neurons, the classes";
constexpr Sentence comes_last = "Nothing comes after the output, so that it contributes to nothing";
constexpr Sentence one_number =
    "All of a layer contributes a single number, which has no icon: choose graphics";
constexpr Sentence comes_first = "The input comes first: nothing contributes to it";
constexpr Sentence no_single_number =
    "A layer as a whole is no single number to contribute to: choose a neuron, a position, a channel or a "
    "group of it";

struct Row {
  Stratum stratum;
  Atoms atoms;
  Sentence activations_information;
  Sentence activations_feature;
  Sentence attribution_information;
  Sentence attribution_feature;
  Sentence as_target;
};

// clang-format off
constexpr Row table[] = {
  //                                 activations as                         attribution as
  // stratum          atoms           graphics         icons                graphics      icons                 contributed to
  {Stratum::input,  Atoms::group,    few_planes,      few_planes,          few_planes,   few_planes,           comes_first},
  {Stratum::input,  Atoms::position, legal,           looks_like_itself,   legal,        looks_like_itself,    comes_first},
  {Stratum::input,  Atoms::channel,  legal,           looks_like_itself,   legal,        looks_like_itself,    comes_first},
  {Stratum::input,  Atoms::neuron,   legal,           looks_like_itself,   legal,        looks_like_itself,    comes_first},
  {Stratum::input,  Atoms::whole,    legal,           looks_like_itself,   legal,        looks_like_itself,    comes_first},
  {Stratum::hidden, Atoms::group,    legal,           legal,               legal,        legal,                legal},
  {Stratum::hidden, Atoms::position, legal,           legal,               legal,        legal,                legal},
  {Stratum::hidden, Atoms::channel,  legal,           legal,               legal,        legal,                legal},
  {Stratum::hidden, Atoms::neuron,   legal,           legal,               legal,        legal,                legal},
  {Stratum::hidden, Atoms::whole,    legal,           legal,               legal,        one_number,           no_single_number},
  {Stratum::output, Atoms::group,    no_grid,         no_grid,             comes_last,   comes_last,           no_grid},
  {Stratum::output, Atoms::position, no_grid,         no_grid,             comes_last,   comes_last,           no_grid},
  {Stratum::output, Atoms::channel,  no_grid,         no_grid,             comes_last,   comes_last,           no_grid},
  {Stratum::output, Atoms::neuron,   legal,           legal,               comes_last,   comes_last,           legal},
  {Stratum::output, Atoms::whole,    list_of_classes, no_direction,        comes_last,   comes_last,           list_of_classes},
};
// clang-format on

Objection told(Sentence sentence) { return sentence ? Objection(sentence) : std::nullopt; }

const Row& row_of(Stratum stratum, Atoms atoms) {
  return *std::ranges::find_if(table,
                               [&](const Row& row) { return row.stratum == stratum && row.atoms == atoms; });
}

Objection against_content(const Element& element) {
  const Row& row = row_of(element.stratum, element.atoms);
  const bool icons = element.presentation == Presentation::feature;
  if (element.content == Content::activations)
    return told(icons ? row.activations_feature : row.activations_information);
  return told(icons ? row.attribution_feature : row.attribution_information);
}

Objection against_target(const Element& element) {
  if (element.content == Content::activations) {
    if (element.towards)
      return "Activations are what a layer holds, towards nothing: only attributions have another end";
    return std::nullopt;
  }
  if (!element.towards) return "An attribution has two ends: say what is contributed to";
  return told(row_of(element.towards->stratum, element.towards->atoms).as_target);
}

Objection against_layers(const Element& element) {
  if (element.stratum != Stratum::hidden && !element.layers.empty())
    return "The input and the output are one layer each: only hidden ones are named";
  const std::set<std::string> names(element.layers.begin(), element.layers.end());
  if (names.size() < element.layers.size()) return "A layer is named twice";
  if (names.contains("")) return "A layer’s name is empty";
  if (!element.towards || element.towards->layer.empty()) return std::nullopt;
  if (element.towards->stratum != Stratum::hidden)
    return "The output is one layer: only a hidden one is named as what is contributed to";
  if (names.contains(element.towards->layer))
    return element.towards->layer +
           " does not contribute to itself: what is contributed to has to come later";
  return std::nullopt;
}

constexpr Sentence all_flow =
    "Flows between groups add up only where all of them are shown: filter, sort or cut off the groups’ icons";

bool is_of_groups(const Element& element) {
  return element.atoms == Atoms::group && element.presentation == Presentation::information;
}
bool is_flow(const Element& element) {
  return is_of_groups(element) && element.towards && element.towards->atoms == Atoms::group;
}
bool is_overlay(const Element& element) {
  return is_of_groups(element) && element.content == Content::activations;
}

// Filters choose among atoms of hidden layers.
Objection against_filter(const Element& element) {
  if (element.stratum != Stratum::hidden)
    return "Only atoms of hidden layers are filtered: pixels stay in their picture, classes in their list";
  if (element.atoms == Atoms::whole) return "A layer as a whole is one atom: there is nothing to filter";
  if (is_flow(element)) return all_flow;
  return std::nullopt;
}

Objection against_sort(const Element& element) {
  if (element.stratum != Stratum::hidden)
    return "Only atoms of hidden layers are sorted: colour planes are few, and classes stand by probability";
  if (element.atoms == Atoms::position)
    return "Positions stay where they are in the picture: they are not sorted";
  if (element.atoms == Atoms::whole) return "A layer as a whole is one atom: there is nothing to sort";
  if (is_flow(element)) return all_flow;
  if (is_overlay(element)) return "Groups over the picture lie where they are active: they are not sorted";
  return std::nullopt;
}

Objection against_top(const Element& element, const Top& top) {
  if (top.count < 1 || top.count > most_shown)
    return "From 1 to " + std::to_string(most_shown) + " atoms can be shown, not " +
           std::to_string(top.count);
  if (element.stratum == Stratum::input) return "Of the input all is shown: there is no list to cut off";
  if (element.atoms == Atoms::position)
    return "Positions stay where they are in the picture: no list of them is cut off";
  if (element.atoms == Atoms::whole) return "A layer as a whole is one atom: there is no list to cut off";
  if (is_flow(element)) return all_flow;
  if (is_overlay(element)) return "Groups over the picture are all of them: there is no list to cut off";
  return std::nullopt;
}

Objection against_projection(const Element& element, const Project& project) {
  if (element.stratum != Stratum::hidden || element.atoms != Atoms::position ||
      element.presentation != Presentation::information)
    return "Only a map of a hidden layer’s positions can be laid over another layer’s grid";
  if (project.layer.empty()) return "A projection has to name the layer whose grid it is laid over";
  return std::nullopt;
}

Objection against_operations(const Element& element) {
  std::set<std::size_t> kinds;
  for (const Operation& operation : element.operations) {
    if (!kinds.insert(operation.index()).second)
      return "An element filters, sorts, cuts off and projects once each";
    Objection found;
    if (std::holds_alternative<Filter>(operation)) found = against_filter(element);
    if (std::holds_alternative<Sort>(operation)) found = against_sort(element);
    if (const Top* top = std::get_if<Top>(&operation)) found = against_top(element, *top);
    if (const Project* project = std::get_if<Project>(&operation))
      found = against_projection(element, *project);
    if (found) return found;
  }
  return std::nullopt;
}

// Whether what `by` selects says anything about the atoms of `element`.
Objection against_pair(const Element& element, const Element& by) {
  if (by.stratum != Stratum::hidden)
    return "Atoms of a hidden layer are filtered by those of a hidden layer: pixels and classes are others";
  if (by.atoms == Atoms::whole) return "A layer as a whole chooses nothing: it cannot filter";
  if (by.atoms == Atoms::neuron && element.atoms != Atoms::neuron)
    return "A neuron is a single number: it leaves nothing of other atoms to choose from";
  if (by.atoms == Atoms::position && element.atoms == Atoms::position &&
      element.presentation == Presentation::information)
    return "Two maps of the same positions stand beside each other: only icons of positions are scaled by "
           "another map";
  if (!element.layers.empty() && !by.layers.empty() && element.layers != by.layers)
    return "What filters has to be of the same layers";
  return std::nullopt;
}

Objection against_filter_among(std::span<const Element> elements, std::size_t index) {
  const Filter* filter = find<Filter>(elements[index]);
  if (!filter) return std::nullopt;
  if (filter->by < 0 || std::size_t(filter->by) >= elements.size())
    return "There is no element " + std::to_string(filter->by + 1) + " to filter by";
  // Along the chain of what filters what, which has to end.
  std::set<std::size_t> met{index};
  for (const Filter* next = filter; next;) {
    const std::size_t at = std::size_t(next->by);
    if (!met.insert(at).second) return "Elements that filter each other in a circle choose nothing";
    next = find<Filter>(elements[at]);
    if (next && (next->by < 0 || std::size_t(next->by) >= elements.size())) break;
  }
  return against_pair(elements[index], elements[std::size_t(filter->by)]);
}

}  // namespace

std::optional<std::string> objection(const Element& element) {
  for (const auto& against : {against_content, against_target, against_layers, against_operations})
    if (Objection found = against(element)) return found;
  return std::nullopt;
}

std::optional<std::string> objection(std::span<const Element> elements) {
  if (elements.size() > most_elements)
    return "A figure has at most " + std::to_string(most_elements) + " elements";
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (Objection found = objection(elements[i])) return found;
    if (Objection found = against_filter_among(elements, i)) return found;
  }
  return std::nullopt;
}

std::optional<std::string> objection(std::span<const Element> elements, std::span<const std::string> layers) {
  if (Objection found = objection(elements)) return found;
  const auto rank = [&](const std::string& name) { return std::ranges::find(layers, name) - layers.begin(); };
  const auto is_known = [&](const std::string& name) { return std::size_t(rank(name)) < layers.size(); };
  for (const Element& element : elements) {
    std::vector<std::string> named = element.layers;
    const bool has_end = element.towards && !element.towards->layer.empty();
    if (has_end) named.push_back(element.towards->layer);
    if (const Project* project = find<Project>(element)) named.push_back(project->layer);
    for (const std::string& name : named)
      if (!is_known(name)) return "The model has no layer " + name;
    if (!has_end) continue;
    for (const std::string& name : element.layers)
      if (rank(name) >= rank(element.towards->layer))
        return name + " comes after " + element.towards->layer + " and cannot contribute to it";
  }
  return std::nullopt;
}

}  // namespace tessera::figure
