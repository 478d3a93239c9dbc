#include "model/fixtures.h"

#include <algorithm>
#include <cmath>

#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"

namespace tessera::test {

Fixture small_model(const std::string& name) {
  Fixture fixture;
  fixture.model = data("models/" + name + ".pt");
  const auto arrays = load_npz(data("models/" + name + ".npz"));
  for (const auto& [key, array] : arrays) {
    if (key == "picture") {
      fixture.picture = Image(int(array.shape[1]), int(array.shape[0]));
      std::transform(array.values.begin(), array.values.end(), fixture.picture.rgb.begin(),
                     [](float value) { return std::uint8_t(value); });
    } else if (key == "logits") {
      fixture.logits = array.values;
    } else if (key.starts_with("act/")) {
      fixture.activations[key.substr(4)] = array;
    }
  }
  return fixture;
}

std::vector<std::string> small_models() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(data("models")))
    if (entry.path().extension() == ".npz") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::shared_ptr<model::Model> load_on_cpu(const std::filesystem::path& file) {
  model::LoadOptions options;
  options.device = model::DeviceChoice::cpu;
  return model::Model::load(file, options);
}

std::shared_ptr<model::Model> load_on_cpu(const std::filesystem::path& file,
                                          const model::Preprocessing& preprocessing) {
  model::LoadOptions options;
  options.device = model::DeviceChoice::cpu;
  options.preprocessing = preprocessing;
  return model::Model::load(file, options);
}

std::vector<std::string> all_layers(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : model.card().layers) names.push_back(layer.name);
  return names;
}

void check_close(const std::string& what, const std::vector<float>& got, const std::vector<float>& recorded,
                 double share) {
  INFO(what);
  REQUIRE(got.size() == recorded.size());
  double largest = 1e-12;
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    largest = std::max(largest, double(std::abs(recorded[i])));
    const double difference = std::abs(double(got[i]) - recorded[i]);
    worst = std::isfinite(difference) ? std::max(worst, difference) : std::numeric_limits<double>::infinity();
  }
  CHECK(worst <= share * largest);
}

int check_against(const Fixture& fixture, model::Model& model) {
  INFO(fixture.model.filename().string());
  std::vector<std::string> wanted;
  for (const auto& [name, array] : fixture.activations)
    if (model.card().find_layer(name)) wanted.push_back(name);
  const model::Capture capture = model.capture(fixture.picture, wanted);
  REQUIRE(capture.logits.size() == fixture.logits.size());
  double worst = 0;
  double largest = 1000;  // float32 has no 1e-4 left beyond
  for (std::size_t i = 0; i < fixture.logits.size(); ++i) {
    worst = std::max(worst, double(std::abs(capture.logits[i] - fixture.logits[i])));
    largest = std::max(largest, double(std::abs(fixture.logits[i])));
  }
  CHECK(worst <= 1e-4 * largest / 1000);
  for (const std::string& name : wanted) {
    const npy::Array& recorded = fixture.activations.at(name);
    const Cube& cube = *capture.cubes.at(name);
    std::vector<float> values = recorded.values;
    // Recorded tokens come with the class token in front.
    if (recorded.shape.size() == 2)
      values.erase(values.begin(), values.begin() + std::ptrdiff_t((recorded.shape[0] - cube.positions()) *
                                                                   recorded.shape[1]));
    check_close(name, cube.values, values, 1e-4);
  }
  return int(wanted.size());
}

}  // namespace tessera::test
