// Path attribution along several random paths. Where they disagree, the answer depends on the path.
#include <cmath>
#include <random>

#include "attribution/methods/along.h"
#include "attribution/methods/method.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

constexpr int fewest_paths = 2;  // one has no spread
constexpr int most_paths = 1000;

void check_paths(const AttributionRequest& request) {
  if (request.paths < fewest_paths || request.paths > most_paths)
    throw Error("there cannot be " + std::to_string(request.paths) + " random paths", "paths",
                "Use " + std::to_string(fewest_paths) + " to " + std::to_string(most_paths));
  if (!(request.noise >= 0 && request.noise <= 1))
    throw Error("the noise of random paths is not between 0 and 1", "noise");
}

// The sum of two uniform numbers, about one: triangular, as in the article's own notebooks. Drawn by hand,
// because the standard library's distributions differ from one to the next.
class Factors {
 public:
  Factors(std::uint64_t seed, float noise) : generator_(seed), noise_(noise) {}

  std::vector<float> draw(int channels) {
    std::vector<float> factors;
    for (int c = 0; c < channels; ++c) {
      const double first = uniform();
      factors.push_back(float(1 + noise_ * (first + uniform() - 1)));
    }
    return factors;
  }

 private:
  double uniform() { return double(generator_() >> 11) * 0x1.0p-53; }

  std::mt19937_64 generator_;
  double noise_;
};

// Mean and standard deviation of each neuron, one path after the other (Welford 1962).
struct Statistics {
  explicit Statistics(std::size_t size) : mean(size), squares(size) {}

  void add(const Cube& sample) {
    ++count;
    for (std::size_t i = 0; i < mean.size(); ++i) {
      const double off = sample.values[i] - mean[i];
      mean[i] += off / count;
      squares[i] += off * (sample.values[i] - mean[i]);
    }
  }

  std::vector<double> mean;
  std::vector<double> squares;
  int count = 0;
};

Attribution run_along_stochastic_paths(const MethodRun& run) {
  const AttributionRequest& request = run.request;
  check_steps(request.steps);
  check_paths(request);
  Attribution result;
  result.activations = run.sweeps.activations(run.picture, request.layer);
  const Cube& cube = *result.activations;
  const Cube start = baseline_of(cube, request.baseline);
  const Cube change = difference(cube, start);
  Factors factors(request.seed, request.noise);
  Statistics statistics(cube.values.size());
  result.influences = false;
  for (int path = 0; path < request.paths; ++path) {
    const auto point = [&](int k) {
      const std::vector<float> factor = factors.draw(cube.channels);
      const float along = midpoint(k, request.steps);
      Cube here = start;
      for (std::size_t i = 0; i < here.values.size(); ++i)
        here.values[i] += along * factor[i % factor.size()] * change.values[i];
      return here;
    };
    const LayerGradient layer = mean_gradient(
        run.sweeps, run.picture, request.layer, request.objective, request.rules, request.steps, point,
        part_of(run.control, float(path) / float(request.paths), float(path + 1) / float(request.paths)),
        result.note);
    result.influences |= layer.influences;
    statistics.add(product(change, *layer.gradient));
  }
  Cube mean(cube.height, cube.width, cube.channels);
  Cube spread = mean;
  for (std::size_t i = 0; i < mean.values.size(); ++i) {
    mean.values[i] = float(statistics.mean[i]);
    spread.values[i] = float(std::sqrt(statistics.squares[i] / (statistics.count - 1)));
  }
  result.values = std::make_shared<const Cube>(std::move(mean));
  result.spread = std::make_shared<const Cube>(std::move(spread));
  result.note.points = std::size_t(request.steps) * std::size_t(request.paths);
  return result;
}

}  // namespace

const Method stochastic_path_method{"stochastic-path", "the mean over several random paths, with its spread",
                                    run_along_stochastic_paths};

}  // namespace tessera::attribution
