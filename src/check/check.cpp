#include "tessera/check/check.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>

#include "check/made_pictures.h"
#include "check/subject.h"
#include "model/failure_text.h"
#include "tessera/base/error.h"

namespace tessera::check {
namespace {

// Layers beyond these say little more and cost as much.
constexpr std::size_t most_layers = 8;

std::vector<const model::LayerValue*> layers_of(const model::FlatGraph& flat) {
  std::vector<const model::LayerValue*> suggested;
  for (const model::LayerValue& layer : flat.layers)
    if (layer.info.suggested && layer.value != flat.picture) suggested.push_back(&layer);
  // The last ones, which views show first.
  if (suggested.size() > most_layers - 1)
    suggested.erase(suggested.begin(), suggested.end() - (most_layers - 1));
  suggested.insert(suggested.begin(), &flat.layers.front());
  return suggested;
}

struct Step {
  Kind kind;
  std::string_view stage;
  void (*run)(Subject&, Report&);
};
constexpr std::array checks{
    Step{Kind::repeat, "running it twice", check_repeat},
    Step{Kind::batch, "running a batch", check_batch},
    Step{Kind::interpreter, "comparing with LibTorch's interpreter", check_interpreter},
    Step{Kind::directions, "comparing derivatives", check_derivatives},
    Step{Kind::completeness, "adding up integrated gradients", check_completeness},
    Step{Kind::place, "looking for each layer's place", check_place},
    Step{Kind::output, "looking at its output", describe_output},
    Step{Kind::input, "looking at its input", describe_input}};

}  // namespace

double disagreement(const at::Tensor& found, const at::Tensor& expected) {
  if (found.sizes() != expected.sizes()) return std::numeric_limits<double>::infinity();
  if (expected.numel() == 0) return 0;
  const at::Tensor a = found.to(at::kCPU, at::kDouble), b = expected.to(at::kCPU, at::kDouble);
  // Where neither is a finite number they agree.
  const at::Tensor both = at::isfinite(a).logical_or(at::isfinite(b));
  const double largest = at::where(at::isfinite(b), b.abs(), at::zeros({}, b.options())).max().item<double>();
  const double difference = at::where(both, (a - b).abs(), at::zeros({}, a.options())).max().item<double>();
  if (!std::isfinite(difference)) return std::numeric_limits<double>::infinity();
  return difference / std::max(largest, 1e-30);
}

Line line(Kind kind, const std::string& layer, Outcome outcome, std::string sentence) {
  Line made;
  made.kind = kind;
  made.layer = layer;
  made.outcome = outcome;
  made.sentence = std::move(sentence);
  return made;
}

Line judged(Kind kind, const std::string& layer, double measured, double limit, std::string passed,
            std::string failed) {
  const bool sound = measured <= limit;
  Line made = line(kind, layer, sound ? Outcome::passed : Outcome::failed,
                   sound ? std::move(passed) : std::move(failed));
  made.measured = measured;
  made.limit = limit;
  return made;
}

Report check(model::Model& whole, const CheckOptions& options, const attribution::Control& control) {
  const auto start = std::chrono::steady_clock::now();
  const at::NoGradGuard no_grad;
  model::Model::Impl& model = whole.impl();
  const image::Fit& fit = model.card.preprocessing.fit;
  std::vector<Image> pictures = made_pictures(fit.width, fit.height);
  if (options.picture) pictures.insert(pictures.begin(), *options.picture);
  // One that the network was opened for, where it decides by what it sees.
  const auto fits =
      std::ranges::find_if(pictures, [&](const Image& picture) { return whole.follows(picture); });
  if (fits == pictures.end())
    throw Error("the network takes another branch on every picture that it is checked on",
                model.card.file.string(), "Give a picture to check it on");
  std::rotate(pictures.begin(), fits, fits + 1);
  std::vector<at::Tensor> inputs;
  for (const Image& picture : pictures)
    if (whole.follows(picture)) inputs.push_back(model.input_of(picture));

  const attribution::Network network(model.flat, model.kernels);
  const attribution::Recording recording(network, inputs.front());
  Subject subject{
      whole,     model, control, std::move(pictures), std::move(inputs), layers_of(model.flat), network,
      recording, 0,     {}};
  Report report;
  report.model = model.card.hash;
  report.picture = options.picture_name;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    subject.fraction = float(i) / float(checks.size());
    subject.stage = checks[i].stage;
    subject.pause();
    try {
      checks[i].run(subject, report);
    } catch (const std::bad_alloc&) {
      report.lines.push_back(
          line(checks[i].kind, {}, Outcome::skipped, "There was not enough memory for it"));
    } catch (const c10::Error& error) {
      report.lines.push_back(
          line(checks[i].kind, {}, Outcome::failed, "It stopped: " + model::clause_of(error)));
    } catch (const std::runtime_error& error) {
      report.lines.push_back(
          line(checks[i].kind, {}, Outcome::failed, "It stopped: " + model::clause_of(error)));
    }
  }
  std::ranges::stable_sort(report.lines, {}, &Line::kind);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  control.report(1, "done");
  return report;
}

}  // namespace tessera::check
