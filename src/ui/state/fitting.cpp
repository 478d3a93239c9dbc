#include "ui/state/fitting.h"

#include <string>
#include <variant>
#include <vector>

#include "tessera/figure/grammar.h"

namespace tessera::ui {

bool exists(const model::ModelCard& card, const ChannelRef& channel) {
  const model::LayerInfo* found = card.find_layer(channel.layer);
  return found && channel.channel >= 0 && channel.channel < found->channels;
}

void name_no_layers(figure::FigureSpec& spec) {
  for (figure::Element& element : spec.elements) {
    element.layers.clear();
    if (element.towards) element.towards->layer.clear();
    std::erase_if(element.operations, [](const figure::Operation& operation) {
      return std::holds_alternative<figure::Project>(operation);
    });
  }
}

Selection fitting(Selection wanted, const model::ModelCard& card, const Selection& present) {
  wanted.hovered = {};
  if (!card.find_layer(wanted.layer)) wanted.layer = present.layer;
  std::erase_if(wanted.layers, [&](const std::string& layer) { return !card.find_layer(layer); });
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : card.layers) names.push_back(layer.name);
  if (figure::objection(wanted.spec.elements, names)) name_no_layers(wanted.spec);
  auto& [channel, place, region, group, picked] = wanted.pinned;
  if (channel && !exists(card, *channel)) channel.reset();
  std::erase_if(picked.channels, [&](int one) { return !exists(card, {picked.layer, one}); });
  if (picked.channels.empty()) picked = {};
  if (place && !card.find_layer(place->layer)) place->layer = wanted.layer;
  if (group && !card.find_layer(group->layer)) group.reset();
  const auto is_class = [&](int index) { return index >= 0 && index < card.classes; };
  if (wanted.objective && !is_class(wanted.objective->plus)) wanted.objective.reset();
  if (wanted.objective && wanted.objective->minus && !is_class(*wanted.objective->minus))
    wanted.objective->minus.reset();
  return wanted;
}

}  // namespace tessera::ui
