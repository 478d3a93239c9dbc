#include <algorithm>
#include <string_view>
#include <utility>

#include "tessera/figure/presets.h"

namespace tessera::figure {
namespace {

constexpr Presentation information = Presentation::information;
constexpr Presentation feature = Presentation::feature;

Element activations(Presentation presentation, Stratum stratum, Atoms atoms,
                    std::vector<Operation> operations = {}) {
  return {Content::activations, presentation, stratum, atoms, {}, {}, std::move(operations)};
}

Element to_class(Presentation presentation, Stratum stratum, Atoms atoms) {
  return {Content::attribution, presentation, stratum, atoms, {}, Target{}, {}};
}

Element to_hidden(Presentation presentation, Stratum stratum, Atoms atoms, Atoms target) {
  return {Content::attribution, presentation, stratum, atoms, {}, Target{Stratum::hidden, target, {}}, {}};
}

Element the_picture() { return activations(information, Stratum::input, Atoms::whole); }
Element the_classes() { return activations(information, Stratum::output, Atoms::neuron); }
Element channels_to_class() { return to_class(information, Stratum::hidden, Atoms::channel); }
Element groups_to_class() { return to_class(information, Stratum::hidden, Atoms::group); }

std::vector<BuiltIn> all_built_in() {
  return {
      {"overview", {the_picture(), the_classes(), activations(feature, Stratum::hidden, Atoms::channel)}},
      {"dictionary",
       {activations(information, Stratum::hidden, Atoms::position),
        activations(feature, Stratum::hidden, Atoms::channel, {Filter{0}})}},
      {"grids", {activations(feature, Stratum::hidden, Atoms::position)}},
      {"spatial",
       {activations(feature, Stratum::hidden, Atoms::position, {Filter{1}}),
        to_class(information, Stratum::hidden, Atoms::position)}},
      {"channels", {activations(feature, Stratum::hidden, Atoms::channel, {Filter{1}}), channels_to_class()}},
      {"comparison",
       {activations(feature, Stratum::hidden, Atoms::channel, {Filter{1}}), channels_to_class(),
        activations(information, Stratum::hidden, Atoms::position, {Filter{0}})}},
      {"groups",
       {activations(information, Stratum::hidden, Atoms::group),
        activations(feature, Stratum::hidden, Atoms::group), groups_to_class()}},
      {"flows",
       {activations(feature, Stratum::hidden, Atoms::group),
        to_hidden(information, Stratum::hidden, Atoms::group, Atoms::group), groups_to_class()}},
      {"cube", {activations(information, Stratum::hidden, Atoms::whole)}},
      {"sheet", {the_picture(), activations(information, Stratum::hidden, Atoms::channel)}},
  };
}

std::vector<Element> elements_of(std::string_view figure) {
  const auto all = built_in_specs();
  return std::ranges::find(all, figure, &BuiltIn::figure)->elements;
}

std::vector<Preset> all_presets() {
  return {
      {"dictionary", "Semantic dictionary", "What fires at a position, each channel with its icon",
       elements_of("dictionary")},
      {"grid", "Activation grid", "The icon of every position’s activation vector", elements_of("grids")},
      {"saliency",
       "Saliency map",
       "What each pixel contributes to the class",
       {to_class(information, Stratum::input, Atoms::position)}},
      {"spatial", "Spatial attribution", "Icons of positions by what they contribute to the classes",
       elements_of("spatial")},
      {"channels",
       "Channel attribution",
       "Icons of channels by what they contribute to the class",
       {to_class(feature, Stratum::hidden, Atoms::channel)}},
      {"groups", "Neuron groups", "A layer in a few groups: where, what, and for which class",
       elements_of("groups")},
      {"flows", "Group flows", "How the groups of several layers feed each other and the classes",
       elements_of("flows")},
      {"teaser_1",
       "1. Feature visualisation",
       "Icons make the channels of a layer meaningful",
       {activations(feature, Stratum::hidden, Atoms::channel)}},
      {"teaser_2", "2. Filter by output attribution", "Of them those that contribute most to a class",
       elements_of("channels")},
      {"teaser_3", "3. Drill down on hover", "And where the channel under the mouse is active",
       elements_of("comparison")},
      {"group_saliency",
       "Saliency of a group",
       "What each pixel contributes to a group of a hidden layer",
       {activations(feature, Stratum::hidden, Atoms::group),
        to_hidden(information, Stratum::input, Atoms::position, Atoms::group)}},
  };
}

}  // namespace

std::span<const BuiltIn> built_in_specs() {
  static const std::vector<BuiltIn> all = all_built_in();
  return all;
}

const BuiltIn* find_built_in(std::span<const Element> elements) {
  const auto all = built_in_specs();
  const auto found = std::ranges::find_if(
      all, [&](const BuiltIn& known) { return std::ranges::equal(known.elements, elements); });
  return found == all.end() ? nullptr : &*found;
}

std::span<const Preset> presets() {
  static const std::vector<Preset> all = all_presets();
  return all;
}

}  // namespace tessera::figure
