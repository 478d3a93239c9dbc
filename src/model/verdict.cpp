#include "model/verdict.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace tessera::model {
namespace {

constexpr const char* check = "check the preprocessing (range, mean, std, channel order)";

// A trained ReLU6 network rests at 6 in a few percent of its values; fed with a wrong range, in most.
constexpr double too_many_at_the_limit = 0.4;
// Entropy as a share of the largest possible: a trained network is rarely above 0.9 even on noise.
constexpr double too_even = 0.985;

// Scores of trained classifiers lie within some tens of each other.
constexpr float absurd_lead = 200.0f;

// On photographs of all kinds a right normalisation gives a spread of 0.3 to 1.5 and an offset below 1; one
// that forgets to divide by 255, or divides twice, is off by a hundred.
constexpr float too_far = 8;
constexpr float too_even_a_picture = 0.06f;

struct Summary {
  std::size_t not_finite = 0;
  std::size_t at_limit = 0;
  float minimum = 0;
  float maximum = 0;
};

Summary summarize(const std::vector<float>& values, float limit) {
  Summary summary;
  bool first = true;
  for (const float value : values) {
    if (!std::isfinite(value)) {
      ++summary.not_finite;
      continue;
    }
    summary.minimum = first ? value : std::min(summary.minimum, value);
    summary.maximum = first ? value : std::max(summary.maximum, value);
    first = false;
    summary.at_limit += value >= limit;
  }
  return summary;
}

// Where an activation function stops growing.
float upper_limit(const std::string& operation) {
  if (operation == "relu6") return 6.0f;
  if (operation == "sigmoid" || operation == "hardsigmoid" || operation == "tanh") return 0.999f;
  return std::numeric_limits<float>::infinity();
}

double evenness(const std::vector<float>& probabilities) {
  double entropy = 0;
  for (const float p : probabilities)
    if (p > 0) entropy -= double(p) * std::log(double(p));
  return entropy / std::log(double(probabilities.size()));
}

// How far the second largest is behind the largest.
float second_behind(std::vector<float> values) {
  std::nth_element(values.begin(), values.begin() + 1, values.end(), std::greater<>());
  return values[0] - values[1];
}

std::string percent(double share) { return std::to_string(int(std::lround(share * 100))) + " %"; }

}  // namespace

std::vector<std::string> find_faults(const ModelCard& card, const Capture& capture,
                                     const std::vector<float>& probabilities) {
  std::vector<std::string> faults;
  const Summary scores = summarize(capture.logits, std::numeric_limits<float>::infinity());
  if (scores.not_finite > 0)
    faults.push_back("The class scores are not finite numbers: " + std::string(check));
  else if (capture.logits.size() > 1 &&
           scores.maximum - scores.minimum <= 1e-6f * std::max(1.0f, std::abs(scores.maximum)))
    faults.push_back("All classes have the same score: " + std::string(check));
  else if (probabilities.size() >= 10 && evenness(probabilities) > too_even)
    faults.push_back("All classes are nearly equally likely: the network may be untrained, or " +
                     std::string(check));

  else if (probabilities.size() > 2 && second_behind(capture.logits) > absurd_lead)
    faults.push_back("One class has all the probability, by an absurd lead: " + std::string(check));

  if (capture.surprise && std::max(capture.surprise->spread, capture.surprise->offset) > too_far)
    faults.push_back("The picture reaches the network with values unlike those that it was trained on: " +
                     std::string(check));
  else if (capture.surprise && capture.surprise->spread < too_even_a_picture)
    faults.push_back(
        "The picture hardly varies by the time it reaches the network: it has nearly one colour, or " +
        std::string(check));

  for (const auto& [name, cube] : capture.cubes) {
    const LayerInfo* layer = card.find_layer(name);
    if (!layer || cube->values.empty()) continue;
    const Summary summary = summarize(cube->values, upper_limit(layer->operation));
    const double at_limit = double(summary.at_limit) / double(cube->values.size());
    if (summary.not_finite > 0)
      faults.push_back("Layer " + name + " has values that are not finite numbers: " + check);
    else if (summary.maximum == summary.minimum)
      faults.push_back(layer->kind == LayerKind::input
                           ? "The network's input is constant: the picture has one colour"
                           : "All values of layer " + name + " are the same: " + check);
    else if (at_limit > too_many_at_the_limit)
      faults.push_back(percent(at_limit) + " of layer " + name + " are at the limit of its " +
                       layer->operation + ": " + check);
  }
  return faults;
}

}  // namespace tessera::model
