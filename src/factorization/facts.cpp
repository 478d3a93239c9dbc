#include "tessera/factorization/facts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "factorization/eigen.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

void require_atom(const Factorization& factorization, int atom) {
  if (atom < 0 || atom >= factorization.atoms())
    throw Error("there is no group " + std::to_string(atom) + "; there are " +
                std::to_string(factorization.atoms()));
}

void require_shape(const Factorization& factorization, MatrixView values, const char* what) {
  if (values.rows != factorization.positions() || values.columns != factorization.channels())
    throw Error(std::string("the ") + what + " have another shape than the groups");
}

// Where a pixel of the picture lies among the cells of the layer, along one axis.
struct Between {
  int first = 0, second = 0;
  float share = 0;  // of the second
};

Between locate(int pixel, int pixels, int cells) {
  const float at =
      std::clamp((float(pixel) + 0.5f) * float(cells) / float(pixels) - 0.5f, 0.0f, float(cells - 1));
  const int first = int(at);
  return {first, std::min(first + 1, cells - 1), at - float(first)};
}

}  // namespace

double magnitude(const Factorization& factorization, int atom) {
  require_atom(factorization, atom);
  return map(factorization.maps).col(atom).cast<double>().norm() *
         map(factorization.directions).row(atom).cast<double>().norm();
}

Matrix group_cube(const Factorization& factorization, int atom) {
  require_atom(factorization, atom);
  Matrix cube(factorization.positions(), factorization.channels());
  map(cube).noalias() = map(factorization.maps).col(atom) * map(factorization.directions).row(atom);
  return cube;
}

Matrix residual_cube(const Factorization& factorization, MatrixView a) {
  require_shape(factorization, a, "values");
  Matrix cube(a.rows, a.columns);
  map(cube).noalias() = map(a) - map(factorization.maps) * map(factorization.directions);
  return cube;
}

std::vector<ChannelWeight> top_channels(const Factorization& factorization, int atom, int count) {
  require_atom(factorization, atom);
  std::vector<ChannelWeight> channels;
  for (int c = 0; c < factorization.channels(); ++c)
    if (const float weight = factorization.directions.at(atom, c); weight != 0)
      channels.push_back({c, weight});
  const auto kept = channels.begin() + std::min<std::ptrdiff_t>(std::max(count, 0), std::ssize(channels));
  std::partial_sort(channels.begin(), kept, channels.end(),
                    [](const ChannelWeight& one, const ChannelWeight& other) {
                      const float a = std::abs(one.weight), b = std::abs(other.weight);
                      return a != b ? a > b : one.channel < other.channel;
                    });
  channels.erase(kept, channels.end());
  return channels;
}

GroupAttribution attribution(const Factorization& factorization, MatrixView a, MatrixView gradient) {
  require_shape(factorization, a, "values");
  require_shape(factorization, gradient, "gradients");
  const RowMajorDouble sensitivity = map(gradient).cast<double>();
  const RowMajorDouble along = sensitivity * map(factorization.directions).cast<double>().transpose();
  GroupAttribution result;
  double all = 0;
  for (int i = 0; i < factorization.atoms(); ++i) {
    result.atoms.push_back(along.col(i).dot(map(factorization.maps).col(i).cast<double>()));
    all += result.atoms.back();
  }
  result.residual = map(a).cast<double>().cwiseProduct(sensitivity).sum() - all;
  return result;
}

Matrix map_in_image(const Factorization& factorization, int atom, int height, int width, int image_height,
                    int image_width) {
  require_atom(factorization, atom);
  if (height < 1 || width < 1 || std::size_t(height) * width != std::size_t(factorization.positions()))
    throw Error("the layer's height and width do not fit the groups' maps");
  if (image_height < 1 || image_width < 1) throw Error("the picture has no size");
  const auto value = [&](int y, int x) { return factorization.maps.at(y * width + x, atom); };
  Matrix picture(image_height, image_width);
  for (int y = 0; y < image_height; ++y) {
    const Between row = locate(y, image_height, height);
    for (int x = 0; x < image_width; ++x) {
      const Between column = locate(x, image_width, width);
      const float above =
          std::lerp(value(row.first, column.first), value(row.first, column.second), column.share);
      const float below =
          std::lerp(value(row.second, column.first), value(row.second, column.second), column.share);
      picture.at(y, x) = std::lerp(above, below, row.share);
    }
  }
  return picture;
}

std::vector<int> left_to_right(const Factorization& factorization, int width) {
  if (width < 1 || factorization.positions() % width != 0)
    throw Error("the layer's width does not fit the groups' maps");
  std::vector<double> centre;
  for (int i = 0; i < factorization.atoms(); ++i) {
    double mass = 0, moment = 0;
    for (int p = 0; p < factorization.positions(); ++p) {
      const double value = std::abs(factorization.maps.at(p, i));
      mass += value;
      moment += value * (p % width);
    }
    centre.push_back(mass > 0 ? moment / mass : std::numeric_limits<double>::infinity());
  }
  std::vector<int> order(centre.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int one, int other) { return centre[std::size_t(one)] < centre[std::size_t(other)]; });
  return order;
}

}  // namespace tessera::factorization
