#include <nlohmann/json.hpp>

#include "app/reports/attribution.h"

namespace tessera::app {
namespace {

using Json = nlohmann::ordered_json;

void add_attribution(Json& json, const AttributionReport& report) {
  const attribution::Attribution& attribution = *report.attribution;
  json["method"] = attribution.method;
  json["value"] = attribution.value;
  json["baseline_value"] = attribution.baseline_value;
  json["total"] = attribution.total;
  json["gap"] = attribution.gap;
  json["influences"] = attribution.influences;
  if (!attribution.rectified.empty() && report.by == By::position) json["rectified"] = attribution.rectified;
  if (attribution.spread && report.by == By::neuron) json["spread"] = attribution.spread->values;
}

// The neurons that were ablated; the others are not known.
Json neurons_of(const attribution::Attribution& attribution) {
  Json list = Json::array();
  for (const attribution::NeuronIndex& at : std::get<attribution::ChosenNeurons>(attribution.ablated).list) {
    Json neuron = Json::array();
    for (const int index : {at.y, at.x, at.channel}) neuron.push_back(index);
    list.push_back(neuron);
  }
  return list;
}

}  // namespace

std::string to_json(const AttributionReport& report) {
  Json json;
  json["image"] = report.image;
  json["model"] = report.card->file.string();
  json["layer"] = report.layer;
  json["to"] = report.to;
  json["by"] = to_text(report.by);
  if (report.attribution) add_attribution(json, report);
  if (!report.attribution) json["method"] = report.steps > 0 ? "path" : "linear";
  json["steps"] = report.steps;
  json["baseline"] = attribution::to_text(report.baseline);
  json["rules"] = attribution::to_text(report.rules);
  json["note"] = attribution::to_text(report.note());
  json["remarks"] = report.remarks();
  if (report.all_classes) {
    json["logits"] = report.all_classes->logits;
    json["baseline_logits"] = report.all_classes->baseline_logits;
  }
  if (report.attribution && !report.attribution->values && report.by == By::neuron) {
    json["neurons"] = neurons_of(*report.attribution);
    json["values"] = report.attribution->falls;
  } else {
    ReportArray array = to_array(report);
    json["shape"] = array.shape;
    json["values"] = std::move(array.values);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera::app
