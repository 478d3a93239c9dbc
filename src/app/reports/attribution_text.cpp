#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "app/find_class.h"
#include "app/reports/attribution.h"
#include "app/reports/cell_text.h"
#include "app/table.h"

namespace tessera::app {
namespace {

constexpr std::size_t shown_atoms = 10;

std::string four_digits(double value) { return number_text(value, 4); }

// Indices of the largest values by magnitude.
std::vector<std::size_t> largest(const std::vector<float>& values, std::size_t most) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  const auto kept = std::ptrdiff_t(std::min(most, order.size()));
  std::partial_sort(order.begin(), order.begin() + kept, order.end(), [&](std::size_t a, std::size_t b) {
    const float first = std::abs(values[a]), second = std::abs(values[b]);
    return first != second ? first > second : a < b;
  });
  order.resize(std::size_t(kept));
  return order;
}

// An atom's place: "(3, 4)", "17", "(3, 4, 17)".
std::string place(const std::vector<std::size_t>& shape, std::size_t index) {
  std::string text;
  for (std::size_t i = shape.size(); i-- > 0;) {
    text = std::to_string(index % shape[i]) + (text.empty() ? "" : ", ") + text;
    index /= shape[i];
  }
  return shape.size() > 1 ? "(" + text + ")" : text;
}

std::string note_lines(const AttributionReport& report) {
  Table table({Align::left, Align::left});
  table.add({"computed", attribution::to_text(report.note())});
  for (const std::string& remark : report.remarks()) table.add({"note", remark});
  return table.text();
}

std::string attribution_text(const AttributionReport& report) {
  const attribution::Attribution& attribution = *report.attribution;
  Table facts({Align::left, Align::right, Align::left});
  facts.add({"objective", four_digits(attribution.value), report.to});
  facts.add({"bias", four_digits(attribution.baseline_value),
             "with the " + attribution::to_text(report.baseline) + " baseline at " + report.layer});
  facts.add({"total", four_digits(attribution.total), "of all that is attributed, by " + attribution.method});
  facts.add({"gap", four_digits(attribution.gap), "objective - bias - total"});

  const bool falls = !attribution.values && report.by == By::neuron;
  const ReportArray array = to_array(report);
  Table atoms({Align::left, Align::right});
  atoms.add({to_text(report.by), "attribution"});
  if (falls) {
    const auto& neurons = std::get<attribution::ChosenNeurons>(attribution.ablated).list;
    for (const std::size_t i : largest(attribution.falls, shown_atoms))
      atoms.add({"(" + std::to_string(neurons[i].y) + ", " + std::to_string(neurons[i].x) + ", " +
                     std::to_string(neurons[i].channel) + ")",
                 four_digits(attribution.falls[i])});
  } else {
    for (const std::size_t i : largest(array.values, shown_atoms))
      atoms.add({place(array.shape, i), four_digits(array.values[i])});
  }
  return facts.text() + "\n" + note_lines(report) + "\n" + atoms.text();
}

std::string all_classes_text(const AttributionReport& report) {
  const attribution::AllClasses& all = *report.all_classes;
  std::vector<std::size_t> order(all.logits.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return all.logits[a] > all.logits[b]; });
  order.resize(std::min(shown_atoms, order.size()));
  std::vector<std::size_t> shape = to_array(report).shape;
  shape.erase(shape.begin());
  Table table({Align::left, Align::right, Align::right, Align::right, Align::left});
  table.add({"class", "logit", "bias", "total", "largest " + to_text(report.by)});
  for (const std::size_t index : order) {
    const float* row = all.effects.values.data() + index * all.effects.atoms;
    const std::vector<float> values(row, row + all.effects.atoms);
    const std::size_t top = largest(values, 1).at(0);
    table.add({class_text(*report.card, int(index)), four_digits(all.logits[index]),
               four_digits(all.baseline_logits[index]),
               four_digits(std::accumulate(values.begin(), values.end(), 0.0)),
               place(shape, top) + ": " + four_digits(values[top])});
  }
  return table.text() + "\n" + note_lines(report);
}

std::string layer_to_layer_text(const AttributionReport& report) {
  const attribution::Effects& effects = report.layer_to_layer->effects;
  const ReportArray array = to_array(report);
  const auto middle = std::ptrdiff_t(array.shape.size() / 2);
  const std::vector<std::size_t> later(array.shape.begin(), array.shape.begin() + middle);
  const std::vector<std::size_t> earlier(array.shape.begin() + middle, array.shape.end());
  Table table({Align::left, Align::left, Align::right});
  table.add({report.layer, report.to, "attribution"});
  for (const std::size_t i : largest(effects.values, shown_atoms))
    table.add(
        {place(earlier, i % effects.atoms), place(later, i / effects.atoms), four_digits(effects.values[i])});
  return table.text() + "\n" + note_lines(report);
}

}  // namespace

std::string to_text(const AttributionReport& report) {
  if (report.attribution) return attribution_text(report);
  if (report.all_classes) return all_classes_text(report);
  return layer_to_layer_text(report);
}

}  // namespace tessera::app
