// Derivatives at the input and at each suggested layer, along random directions: forward mode against reverse
// mode, and against central differences of the network in float64.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "check/subject.h"
#include "check/wide_network.h"
#include "tessera/base/error.h"

namespace tessera::check {
namespace {

constexpr std::int64_t directions = 2;
constexpr double step = 1e-7;        // of a direction that is as large as the layer's values
constexpr double resolution = 1e-6;  // of differences, as a share of the values that they are differences of
constexpr double kink = 1e-3;        // one-sided differences that differ by more lie on both sides of a kink
constexpr double tolerance = 1e-3;   // of derivatives in 32 bits from each other
constexpr double wide_tolerance =
    1e-2;  // and from 64 bits, in which a few rectifiers near zero stand on the other side

struct Directions {
  at::Tensor tangents;  // [D,1,*shape], as large as the layer's values
  at::Tensor weights;   // [D,1,classes]
};

Directions draw(const at::Tensor& value, const at::Tensor& logits, at::Generator& generator) {
  const auto with = [](const at::Tensor& of) {
    std::vector<std::int64_t> sizes = of.sizes().vec();
    sizes.insert(sizes.begin(), directions);
    return sizes;
  };
  const double found = value.square().mean().sqrt().item<double>();
  const double size = std::isfinite(found) && found > 0 ? found : 1;
  const auto plain = at::TensorOptions().dtype(at::kFloat);
  return {(at::randn(with(value), generator, plain) * size).to(value.device()),
          at::randn(with(logits), generator, plain).to(value.device())};
}

// ⟨weights_i, d_i⟩ for each direction.
std::vector<double> along(const at::Tensor& weights, const at::Tensor& derivatives) {
  std::vector<double> values(std::size_t(weights.size(0)), 0);
  if (!derivatives.defined()) return values;
  const at::Tensor products =
      (weights.to(at::kDouble) * derivatives.to(at::kDouble)).flatten(1).sum(1).to(at::kCPU);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = products[std::int64_t(i)].item<double>();
  return values;
}

double largest(const std::vector<double>& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

std::string count_text(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

double distance(std::span<const double> one, std::span<const double> other) {
  double worst = 0, scale = 1e-30;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    worst = std::max(worst, std::abs(one[i] - other[i]));
    scale = std::max({scale, std::abs(one[i]), std::abs(other[i])});
  }
  return worst / scale;
}

// The change of ⟨weights, logits⟩ along each direction; nothing for those that cross a kink.
std::vector<std::optional<double>> differences(const Subject& subject, const WideNetwork& wide,
                                               const jit::Value* layer, const Directions& drawn) {
  const at::Tensor here = wide.recorded(layer);
  const at::Tensor centre = wide.recorded_logits();
  std::vector<std::optional<double>> found;
  for (std::int64_t i = 0; i < directions; ++i) {
    subject.pause();
    const at::Tensor move = drawn.tangents[i].to(at::kDouble) * step;
    const at::Tensor weight = drawn.weights[i].to(at::kDouble);
    const double size = (centre * weight).abs().sum().item<double>();
    const double ahead = ((wide.logits(layer, here + move) - centre) * weight).sum().item<double>() / step;
    const double behind = ((centre - wide.logits(layer, here - move)) * weight).sum().item<double>() / step;
    const bool smooth =
        std::abs(ahead - behind) <= kink * std::max(std::abs(ahead), std::abs(behind)) + resolution * size;
    found.push_back(smooth ? std::optional((ahead + behind) / 2) : std::nullopt);
  }
  return found;
}

void compare_differences(const std::string& layer, const std::vector<double>& reverse,
                         const std::vector<std::optional<double>>& found, double size, Report& report) {
  // Derivatives that are too small beside the class scores cannot be told from zero.
  double worst = 0, scale = std::max(largest(reverse), size * resolution / wide_tolerance);
  std::size_t smooth = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) continue;
    ++smooth;
    worst = std::max(worst, std::abs(*found[i] - reverse[i]));
    scale = std::max(scale, std::abs(*found[i]));
  }
  const std::string kinks = smooth == found.size() ? ""
                                                   : "; " + std::to_string(found.size() - smooth) +
                                                         " more cross a kink of the network";
  if (smooth == 0) {
    report.lines.push_back(line(Kind::differences, layer, Outcome::skipped,
                                "All " + count_text(found.size(), "direction") +
                                    " cross a kink of the network, where it has no one derivative"));
    return;
  }
  report.lines.push_back(judged(
      Kind::differences, layer, worst == 0 ? 0 : worst / std::max(scale, 1e-30), wide_tolerance,
      "Derivatives are those of central differences along " + count_text(smooth, "direction") + kinks,
      "Derivatives differ from central differences: an operation's derivative is missing or wrong" + kinks));
}

// A picture at which derivatives are taken.
class AtPicture {
 public:
  AtPicture(const attribution::Network& network, const attribution::Recording& recording,
            const at::Tensor& input)
      : recording_(recording), derivatives_(network, recording, {}) {
    try {
      wide_.emplace(network.flat());
      wide_->record(input.to(at::kCPU));
    } catch (const std::exception&) {  // an operation of 32 bits alone
      wide_.reset();
    }
  }

  void compare(const Subject& subject, const model::LayerValue& layer, at::Generator& generator,
               Report& report) {
    const jit::Value* logits = subject.model.flat.logits;
    const std::string& name = layer.info.name;
    const Directions drawn = draw(recording_.tensor(layer.value), recording_.tensor(logits), generator);
    const attribution::Linearised::Seed seed{logits, drawn.weights};
    const std::array<const jit::Value*, 1> sources{layer.value}, targets{logits};
    std::vector<double> reverse;
    double apart = 0;
    try {
      reverse = along(drawn.tangents, derivatives_.backward(std::span(&seed, 1), sources)[0]);
      // Enough once, where every operation is on the way.
      if (layer.value == subject.model.flat.picture)
        apart = alone_from_beside(reverse, drawn, sources, logits);
    } catch (const Error& error) {  // refused
      report.lines.push_back(
          line(Kind::directions, name, Outcome::failed, "There is no derivative: " + error.happened()));
      return;
    }
    if (!(apart <= tolerance))
      report.lines.push_back(line(Kind::directions, name, Outcome::failed,
                                  "Reverse mode gives one gradient alone otherwise than beside another"));
    else if (derivatives_.has_forward(layer.value, targets))
      report.lines.push_back(judged(
          Kind::directions, name,
          std::max(apart, distance(along(drawn.weights,
                                         derivatives_.forward(layer.value, drawn.tangents, targets)[0]),
                                   reverse)),
          tolerance, "Forward and reverse mode agree along " + count_text(directions, "direction"),
          "Forward and reverse mode give different derivatives"));
    else
      report.lines.push_back(line(Kind::directions, name, Outcome::skipped,
                                  "LibTorch has no forward-mode derivative of an operation on the way; "
                                  "reverse mode is used instead"));
    if (!wide_) {
      report.lines.push_back(line(Kind::differences, name, Outcome::skipped,
                                  "The network has an operation that does not run in float64"));
      return;
    }
    const Directions on_cpu{drawn.tangents.to(at::kCPU), drawn.weights.to(at::kCPU)};
    const at::Tensor sizes =
        (wide_->recorded_logits() * on_cpu.weights.to(at::kDouble)).flatten(1).abs().sum(1);
    compare_differences(name, reverse, differences(subject, *wide_, layer.value, on_cpu),
                        sizes.max().item<double>(), report);
  }

 private:
  // One gradient alone, as for one class, lies in memory otherwise than several of a sweep, which some of
  // LibTorch's derivatives do not take alike.
  double alone_from_beside(std::span<const double> beside, const Directions& drawn,
                           std::span<const jit::Value* const> sources, const jit::Value* logits) {
    const attribution::Linearised::Seed one{logits, drawn.weights.narrow(0, 0, 1)};
    const std::vector<double> alone =
        along(drawn.tangents.narrow(0, 0, 1), derivatives_.backward(std::span(&one, 1), sources)[0]);
    return distance(beside.first(1), alone);
  }

  const attribution::Recording& recording_;
  attribution::Linearised derivatives_;
  std::optional<WideNetwork> wide_;
};

Line* failed_difference(Report& report, const std::string& layer) {
  for (Line& line : report.lines)
    if (line.kind == Kind::differences && line.layer == layer && line.outcome == Outcome::failed)
      return &line;
  return nullptr;
}

}  // namespace

void check_derivatives(Subject& subject, Report& report) {
  const at::AutoGradMode disabled(false);
  at::Generator generator = at::detail::createCPUGenerator(7);
  AtPicture first(subject.network, subject.recording, subject.inputs.front());
  bool any_failed = false;
  for (const model::LayerValue* layer : subject.layers) {
    subject.pause();
    first.compare(subject, *layer, generator, report);
    any_failed = any_failed || failed_difference(report, layer->info.name);
  }
  if (!any_failed || subject.inputs.size() < 2) return;
  // In 32 bits a rectifier or a pool may stand on the other side of a kink than in 64. Not so at another
  // picture; what is wrong is wrong there too.
  const attribution::Recording recording(subject.network, subject.inputs[1]);
  AtPicture second(subject.network, recording, subject.inputs[1]);
  for (const model::LayerValue* layer : subject.layers) {
    Line* failed = failed_difference(report, layer->info.name);
    if (!failed) continue;
    subject.pause();
    Report again;
    second.compare(subject, *layer, generator, again);
    for (Line& line : again.lines)
      if (line.kind == Kind::differences && line.outcome == Outcome::passed) *failed = line;
  }
}

}  // namespace tessera::check
