#include "tessera/factorization/factorization.h"

#include "tessera/base/error.h"

namespace tessera::factorization {

std::string_view name(Method method) {
  switch (method) {
    case Method::nmf:
      return "nmf";
    case Method::semi_nmf:
      return "semi-nmf";
    case Method::split_nmf:
      return "split-nmf";
    case Method::pca:
      return "pca";
    case Method::clusters:
      return "clusters";
    case Method::channels:
      return "channels";
    case Method::positions:
      return "positions";
  }
  return "unknown";
}

std::size_t memory_cost(const Factorization& factorization) {
  return sizeof(Factorization) + memory_cost(factorization.maps) + memory_cost(factorization.directions) +
         factorization.explained.size() * sizeof(double);
}

Factorization reordered(const Factorization& factorization, const std::vector<int>& order) {
  std::vector<bool> taken(std::size_t(factorization.atoms()), false);
  for (const int atom : order) {
    if (atom < 0 || atom >= factorization.atoms() || taken[std::size_t(atom)])
      throw Error("an order of groups must name each group once");
    taken[std::size_t(atom)] = true;
  }
  if (int(order.size()) != factorization.atoms()) throw Error("an order of groups must name each group once");

  Factorization result = factorization;
  for (int i = 0; i < result.atoms(); ++i) {
    const int from = order[std::size_t(i)];
    for (int p = 0; p < result.positions(); ++p) result.maps.at(p, i) = factorization.maps.at(p, from);
    for (int c = 0; c < result.channels(); ++c)
      result.directions.at(i, c) = factorization.directions.at(from, c);
    result.explained[std::size_t(i)] = factorization.explained[std::size_t(from)];
    if (from == factorization.mean_atom) result.mean_atom = i;
  }
  return result;
}

}  // namespace tessera::factorization
