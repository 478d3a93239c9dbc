#include <limits>

#include "app/reports/attribution.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

using attribution::Attribution;

// (H,W) or (C).
std::vector<std::size_t> shape_of(const model::ModelCard& card, const std::string& layer, By by) {
  const model::LayerInfo* info = card.find_layer(layer);
  if (!info) throw Error("the model has no such layer", layer);
  if (by == By::channel) return {std::size_t(info->channels)};
  return {std::size_t(info->height), std::size_t(info->width)};
}

std::vector<float> cube_of_falls(const Attribution& attribution) {
  const Cube& like = *attribution.activations;
  std::vector<float> values(like.values.size(), std::numeric_limits<float>::quiet_NaN());
  const auto& neurons = std::get<attribution::ChosenNeurons>(attribution.ablated).list;
  for (std::size_t i = 0; i < neurons.size(); ++i)
    values[like.index(neurons[i].y, neurons[i].x, neurons[i].channel)] = attribution.falls[i];
  return values;
}

ReportArray array_of(const Attribution& attribution, By by) {
  const Cube& cube = *attribution.activations;
  const auto height = std::size_t(cube.height), width = std::size_t(cube.width),
             channels = std::size_t(cube.channels);
  if (by == By::neuron)
    return {{height, width, channels},
            attribution.values ? attribution.values->values : cube_of_falls(attribution)};
  const std::vector<float> values = contributions(attribution, atoms_of(by));
  return by == By::position ? ReportArray{{height, width}, values} : ReportArray{{channels}, values};
}

}  // namespace

const attribution::MethodNote& AttributionReport::note() const {
  return attribution ? attribution->note : all_classes ? all_classes->note : layer_to_layer->note;
}

std::vector<std::string> AttributionReport::remarks() const {
  std::vector<std::string> all = readings;
  all.insert(all.end(), note().remarks.begin(), note().remarks.end());
  return all;
}

attribution::Atoms atoms_of(By by) {
  if (by == By::channel) return attribution::AllChannels{};
  return attribution::AllPositions{};
}

std::string to_text(By by) {
  return by == By::neuron ? "neuron" : by == By::position ? "position" : "channel";
}

ReportArray to_array(const AttributionReport& report) {
  if (report.attribution) return array_of(*report.attribution, report.by);
  ReportArray array;
  if (report.all_classes) {
    array.shape.push_back(report.all_classes->effects.targets);
    array.values = report.all_classes->effects.values;
  } else {
    array.shape = shape_of(*report.card, report.to, report.by);
    array.values = report.layer_to_layer->effects.values;
  }
  for (const std::size_t side : shape_of(*report.card, report.layer, report.by)) array.shape.push_back(side);
  return array;
}

}  // namespace tessera::app
