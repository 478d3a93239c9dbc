#include "attribution/support.h"

#include <cmath>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/image/load.h"

namespace tessera::test {
namespace {

Subject make(std::string name, std::shared_ptr<model::Model> model, Image picture) {
  auto sweeps = std::make_unique<attribution::Sweeps>(*model);
  return {std::move(name), std::move(model), std::move(picture), std::move(sweeps)};
}

}  // namespace

Subject tiny_subject(const std::string& network) {
  return make(network,
              load_on_cpu(data("tiny/" + network + ".pt"), model::preprocessing_from_text("unit,size=64")),
              image::load(data("tiny/chelsea_64.png")));
}

Subject small_subject(const std::string& name) {
  Fixture fixture = small_model(name);
  return make(name, load_on_cpu(fixture.model), std::move(fixture.picture));
}

Subject bundled_subject(const std::filesystem::path& picture) {
  return make("efficientnet_lite0", load_on_cpu(bundled_model()), image::load(picture));
}

std::vector<float> row(const npy::Array& array, std::size_t index) {
  const std::size_t size = array.values.size() / array.shape[0];
  return {array.values.begin() + std::ptrdiff_t(index * size),
          array.values.begin() + std::ptrdiff_t((index + 1) * size)};
}

attribution::Group recorded_group(const npy::Array& maps, const npy::Array& directions, std::size_t index) {
  attribution::Group group;
  const std::size_t k = maps.shape[2];
  for (std::size_t p = index; p < maps.values.size(); p += k) group.map.push_back(maps.values[p]);
  group.direction = row(directions, index);
  return group;
}

std::vector<attribution::Group> recorded_groups(const npy::Array& maps, const npy::Array& directions) {
  std::vector<attribution::Group> groups;
  for (std::size_t i = 0; i < maps.shape[2]; ++i) groups.push_back(recorded_group(maps, directions, i));
  return groups;
}

double distance(const std::vector<float>& got, const std::vector<float>& recorded) {
  REQUIRE(got.size() == recorded.size());
  double difference = 0;
  double length = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    difference += std::pow(double(got[i]) - recorded[i], 2);
    length += std::pow(double(recorded[i]), 2);
  }
  return std::sqrt(difference / length);
}

double cosine(const std::vector<float>& got, const std::vector<float>& recorded) {
  REQUIRE(got.size() == recorded.size());
  double product = 0;
  double a = 0;
  double b = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    product += double(got[i]) * recorded[i];
    a += double(got[i]) * got[i];
    b += double(recorded[i]) * recorded[i];
  }
  return product / std::sqrt(a * b);
}

}  // namespace tessera::test
