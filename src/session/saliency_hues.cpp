#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "tessera/base/error.h"
#include "tessera/factorization/nmf.h"
#include "tessera/factorization/projection.h"
#include "tessera/session/saliency_queries.h"

namespace tessera::session {
namespace {

using factorization::Matrix;

std::vector<int> by_descending_logit(const std::vector<float>& logits) {
  std::vector<int> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return logits[std::size_t(a)] > logits[std::size_t(b)]; });
  return order;
}

// Of factors x classes in the order `of`, the columns that are for some of them.
Matrix columns_for(const Matrix& matrix, std::span<const int> of, std::span<const int> wanted) {
  std::unordered_map<int, int> place;
  for (std::size_t i = 0; i < of.size(); ++i) place[of[i]] = int(i);
  Matrix made(matrix.rows, int(wanted.size()));
  for (int row = 0; row < made.rows; ++row)
    for (int column = 0; column < made.columns; ++column)
      made.at(row, column) = matrix.at(row, place.at(wanted[std::size_t(column)]));
  return made;
}

// What a layer before the last is fitted to: the likeliest classes, as far as its sweep went to.
std::vector<int> fitted_classes(const attribution::AllClasses& known, std::vector<int> likeliest) {
  if (known.classes.empty()) return likeliest;
  std::vector<int> first(
      known.classes.begin(),
      known.classes.begin() + std::ptrdiff_t(std::min(likeliest.size(), known.classes.size())));
  return first;
}

// positions x classes of what supports, from classes x positions.
Matrix supports(const attribution::AllClasses& known, std::span<const int> classes) {
  Matrix made(int(known.effects.atoms), int(classes.size()));
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::size_t row = *known.row_of(classes[i]);
    for (std::size_t position = 0; position < known.effects.atoms; ++position)
      made.at(int(position), int(i)) = std::max(0.0f, known.effects.at(row, position));
  }
  return made;
}

float missed(const Matrix& wanted, const Matrix& maps, const Matrix& factors) {
  double error = 0;
  for (int row = 0; row < wanted.rows; ++row)
    for (int column = 0; column < wanted.columns; ++column) {
      double made = 0;
      for (int f = 0; f < factors.rows; ++f) made += double(maps.at(row, f)) * double(factors.at(f, column));
      error += (double(wanted.at(row, column)) - made) * (double(wanted.at(row, column)) - made);
    }
  const double norm = factorization::norm(wanted);
  return norm > 0 ? float(std::sqrt(error) / norm) : 0.0f;
}

void check(const SaliencyHues& query) {
  if (query.sources.empty()) throw Error("there is no layer to take saliency from");
  if (query.factors < 1 || query.factors > 8)
    throw Error("saliency is split into 1 to 8 factors", std::to_string(query.factors));
  if (query.classes < 1) throw Error("saliency needs at least one class", std::to_string(query.classes));
  for (const SaliencyHues::Source& source : query.sources)
    if (!source.effects || source.effects->effects.atoms == 0)
      throw Error("there are no attributions to classes", source.layer);
  const SaliencyHues::Source& last = query.sources.back();
  if (last.effects->effects.targets != last.effects->logits.size())
    throw Error("there are no attributions to all classes", last.layer);
  for (const SaliencyHues::Source& source : query.sources)
    for (const int index : source.effects->classes)
      if (index < 0 || std::size_t(index) >= last.effects->logits.size())
        throw Error("there is no class " + std::to_string(index), source.layer);
}

}  // namespace

std::size_t memory_cost(const SaliencyFactors& value) {
  std::size_t bytes = sizeof(value) + (value.weights.size() + value.classes.size()) * sizeof(float);
  for (const SaliencyLayer& layer : value.layers) bytes += sizeof(layer) + layer.maps.size() * sizeof(float);
  return bytes;
}

std::string SaliencyHues::key() const {
  std::string text = std::to_string(factors) + ' ' + std::to_string(classes);
  for (const Source& source : sources) text += '\n' + source.layer + '\n' + source.key;
  return text;
}

SaliencyFactors saliency_hues(const SaliencyHues& query) {
  check(query);
  SaliencyFactors made;
  const attribution::AllClasses& last = *query.sources.back().effects;
  made.classes = by_descending_logit(last.logits);
  made.projected_on = std::min(query.classes, int(made.classes.size()));
  const std::vector<int> likeliest(made.classes.begin(), made.classes.begin() + made.projected_on);
  factorization::NmfOptions options;
  options.k = query.factors;
  const Matrix factorized = supports(last, made.classes);
  const factorization::Factorization found = factorization::nmf(factorized, options);
  made.factors = found.atoms();
  made.weights = found.directions.values;
  for (const SaliencyHues::Source& source : std::span(query.sources).first(query.sources.size() - 1)) {
    const std::vector<int> classes = fitted_classes(*source.effects, likeliest);
    const Matrix fixed = columns_for(found.directions, made.classes, classes);
    const Matrix wanted = supports(*source.effects, classes);
    Matrix maps = factorization::project_on_directions(wanted, fixed);
    const float error = missed(wanted, maps, fixed);
    made.layers.push_back({source.layer, std::size_t(wanted.rows), std::move(maps.values), error});
  }
  made.layers.push_back({query.sources.back().layer, std::size_t(factorized.rows), found.maps.values,
                         missed(factorized, found.maps, found.directions)});
  return made;
}

}  // namespace tessera::session
