// Agreement with numbers from independent implementations.
#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "factorization/planted.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"
#include "tessera/factorization/nmf.h"
#include "tessera/factorization/pca.h"
#include "tessera/factorization/projection.h"

namespace tessera::test::reference_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

using Arrays = std::map<std::string, npy::Array>;

// The last axis as columns, all before it as rows.
Matrix matrix_of(const npy::Array& array) {
  Matrix matrix(int(array.values.size() / array.shape.back()), int(array.shape.back()));
  matrix.values = array.values;
  return matrix;
}

Arrays recorded(const std::string& name) { return test::load_npz(test::reference(name)); }

const std::vector<std::string> recordings = {
    "efficientnet_lite0/chelsea.npz",       "efficientnet_lite0/coffee.npz",
    "efficientnet_lite0/astronaut.npz",     "efficientnet_lite0/chelsea_expand.npz",
    "efficientnet_lite0/coffee_expand.npz", "efficientnet_lite0/astronaut_expand.npz",
    "tiny/tiny_inception_dev_chelsea.npz",  "tiny/tiny_resnet_dev_chelsea.npz",
    "tiny/tiny_vit_dev_chelsea.npz",
};

double cosine(std::span<const float> one, std::span<const float> other) {
  double inner = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    inner += double(one[i]) * other[i];
    first += double(one[i]) * one[i];
    second += double(other[i]) * other[i];
  }
  return inner / std::sqrt(first * second);
}

// What follows `start` in a key: "layer/k" or "layer".
std::string after(const std::string& key, const std::string& start) { return key.substr(start.size()); }

}  // namespace

TEST_CASE("recorded factorizations are met: error, and groups where they are certain", "[factorization]") {
  int met = 0;
  for (const std::string& recording : recordings) {
    const Arrays arrays = recorded(recording);
    for (const auto& [key, array] : arrays) {
      if (!key.starts_with("nmf_err/")) continue;
      const std::string which = after(key, "nmf_err/");
      const std::string layer = which.substr(0, which.rfind('/'));
      const auto values = arrays.find("act/" + layer);
      if (values == arrays.end()) continue;  // left out for its size
      INFO(recording << " " << which);
      NmfOptions options;
      options.k = std::stoi(which.substr(which.rfind('/') + 1));
      const Matrix a = positive_part(matrix_of(values->second));
      const Factorization found = nmf(a, options);
      const double stored = array.values[0], least_cosine = array.values[2];
      CHECK(found.residual <= 1.005 * stored);
      if (least_cosine >= 0.98)
        CHECK(test::least_matched_cosine(
                  found, test::as_factorization(matrix_of(arrays.at("nmf_W/" + which)),
                                                matrix_of(arrays.at("nmf_H/" + which)))) >= 0.98);
      ++met;
    }
    CHECK(met > 0);
  }
}

TEST_CASE("recorded principal components are met", "[factorization]") {
  for (const std::string& recording : recordings) {
    const Arrays arrays = recorded(recording);
    for (const auto& [key, array] : arrays) {
      if (!key.starts_with("pca_ratio/")) continue;
      const std::string layer = after(key, "pca_ratio/");
      const auto values = arrays.find("act/" + layer);
      if (values == arrays.end()) continue;
      INFO(recording << " " << layer);
      const Matrix a = matrix_of(values->second), components = matrix_of(arrays.at("pca_comp/" + layer)),
                   scores = matrix_of(arrays.at("pca_score/" + layer));
      const int k = int(array.values.size());
      const Factorization found = pca(a, k);
      const std::vector<double> shares = variance_shares(found);
      for (int i = 0; i < k; ++i) {
        const std::size_t n = std::size_t(i);
        CHECK(shares[n] == Approx(array.values[n]).margin(1e-3));
        const bool apart = (i == 0 || array.values[n - 1] > 1.05 * array.values[n]) &&
                           (i + 1 == k || array.values[n] > 1.05 * array.values[n + 1]);
        if (!apart || i + 1 == k) continue;  // what comes after the last was not recorded
        CHECK(cosine(found.directions.row(i), components.row(i)) >= 0.999);
        double worst = 0, largest = 0;
        for (int p = 0; p < a.rows; ++p) {
          worst = std::max(worst, std::abs(double(found.maps.at(p, i)) - scores.at(p, i)));
          largest = std::max(largest, std::abs(double(scores.at(p, i))));
        }
        CHECK(worst < 0.02 * largest);
      }
      const std::vector<float>& mean = arrays.at("pca_mean/" + layer).values;
      for (std::size_t c = 0; c < mean.size(); ++c)
        CHECK(found.maps.at(0, k) * found.directions.at(k, int(c)) == Approx(mean[c]).margin(1e-4));
    }
  }
}

TEST_CASE("the recorded hues of the last layer are found, and other layers expressed on them",
          "[factorization]") {
  int met = 0;
  for (const std::string& recording : recordings) {
    const Arrays arrays = recorded(recording);
    for (const auto& [key, array] : arrays) {
      if (key.starts_with("factor_err/")) {
        const std::string k = after(key, "factor_err/");
        for (const auto& [name, attributed] : arrays) {
          if (!name.starts_with("class_spatial/")) continue;
          INFO(recording << " " << name << " " << k);
          // classes, H, W → positions x classes
          const int classes = int(attributed.shape[0]), positions = int(attributed.values.size()) / classes;
          Matrix a(positions, classes);
          for (int p = 0; p < positions; ++p)
            for (int c = 0; c < classes; ++c)
              a.at(p, c) = std::max(0.0f, attributed.values[std::size_t(c) * positions + p]);
          const Matrix maps = matrix_of(arrays.at("factor_W/" + k)),
                       directions = matrix_of(arrays.at("factor_H/" + k));
          if (maps.rows != positions) continue;  // hues of another layer
          NmfOptions options;
          options.k = maps.columns;
          const Factorization found = nmf(a, options);
          CHECK(found.residual <= 1.005 * array.values[0]);
          if (array.values[2] >= 0.98)
            CHECK(test::least_matched_cosine(found, test::as_factorization(maps, directions)) >= 0.98);
          ++met;
        }
      }
      if (key.starts_with("factor_transform/")) {
        const std::string which = after(key, "factor_transform/");
        const std::string layer = which.substr(0, which.rfind('/')), k = which.substr(which.rfind('/') + 1);
        INFO(recording << " " << which);
        const npy::Array& attributed = arrays.at("class_spatial50/" + layer);
        const Matrix all = matrix_of(arrays.at("factor_H/" + k));
        const std::vector<float>& top = arrays.at("top50").values;
        const int classes = int(top.size()), positions = int(attributed.values.size()) / classes;
        Matrix a(positions, classes), directions(all.rows, classes);
        for (int c = 0; c < classes; ++c) {
          for (int p = 0; p < positions; ++p) a.at(p, c) = attributed.values[std::size_t(c) * positions + p];
          for (int i = 0; i < all.rows; ++i) directions.at(i, c) = all.at(i, int(top[std::size_t(c)]));
        }
        const Matrix expected = matrix_of(array);
        const double plain = test::relative_difference(project_on_directions(a, directions), expected);
        const double clipped =
            test::relative_difference(project_on_directions(positive_part(a), directions), expected);
        INFO("plain " << plain << ", clipped " << clipped);
        CHECK(clipped < 1e-3);
        ++met;
      }
    }
  }
  CHECK(met > 0);
}

}  // namespace tessera::test::reference_test
