#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "app/reports/cell_text.h"
#include "app/reports/inspection.h"
#include "app/table.h"

namespace tessera::app {
namespace {

constexpr std::size_t shown_classes = 10;

std::string fixed(double value, int decimals) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(decimals) << value;
  return text.str();
}

std::string millions(std::size_t count) { return fixed(double(count) / 1e6, 2) + " million"; }

const char* describe(model::PreprocessingSource source) {
  switch (source) {
    case model::PreprocessingSource::archive:
      return "from the model file";
    case model::PreprocessingSource::sidecar:
      return "from the file beside the model";
    case model::PreprocessingSource::option:
      return "as given";
    case model::PreprocessingSource::remembered:
      return "as last time";
    case model::PreprocessingSource::assumed:
      break;
  }
  return "assumed: give --preprocess if the classes look wrong";
}

std::string opened(const Inspection& inspection) {
  const model::ModelCard& card = *inspection.card;
  Table table({Align::left, Align::left});
  table.add({"image", inspection.image.string() + " (" + std::to_string(inspection.image_width) + " × " +
                          std::to_string(inspection.image_height) + ")"});
  table.add({"model", card.name + " (" + inspection.model.string() + ")"});
  table.add({"", std::to_string(card.classes) + " classes, " + millions(card.parameters) + " parameters, " +
                     card.device});
  table.add({"input", model::to_text(card.preprocessing) + " (" + describe(card.preprocessing_source) + ")"});
  for (const std::string& note : card.notes) table.add({"note", note});
  return table.text();
}

std::string classes(const model::Classification& verdict) {
  Table table({Align::right, Align::right, Align::right, Align::left});
  table.add({"probability", "logit", "index", "class"});
  for (std::size_t i = 0; i < std::min(shown_classes, verdict.classes.size()); ++i) {
    const model::ClassScore& score = verdict.classes[i];
    table.add({percent_text(score.probability, 2), fixed(score.logit, 3), std::to_string(score.index),
               score.label});
  }
  return table.text();
}

std::string layers(const model::ModelCard& card) {
  Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
  table.add({"", "layer", "height", "width", "channels", "operation"});
  for (const model::LayerInfo& layer : card.layers)
    table.add({layer.suggested ? "*" : "", layer.name, std::to_string(layer.height),
               std::to_string(layer.width), std::to_string(layer.channels), layer.operation});
  return table.text() + "* suggested\n";
}

}  // namespace

std::string to_text(const Inspection& inspection) {
  std::string text =
      opened(inspection) + '\n' + classes(*inspection.verdict) + '\n' + layers(*inspection.card);
  for (const std::string& warning : inspection.verdict->warnings) text += "\nWarning: " + warning + '\n';
  return text;
}

}  // namespace tessera::app
