#include "featurevis/pass.h"

#include <algorithm>
#include <cmath>

#include "featurevis/opacity.h"
#include "featurevis/transforms.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

constexpr int redirected_steps = 16;  // rectifiers use the redirected rule in the first steps
// What is opaque has no finer grain than what it is of: by this power of the frequency its spectrum falls off
// faster than the colours'.
constexpr float opacity_smoothness = .5f;
constexpr int opacity_plane = 3;

}  // namespace

Pass::Pass(model::Model::Impl& model, const std::string& layer, bool logits, Style style, int size,
           at::ScalarType type)
    : device_(model.device),
      layer_(logits ? "the class scores" : layer),
      style_(style),
      size_(size),
      target_(logits ? Target::logits(model, type) : Target(model, layer, type)),
      spectrum_(size, style == Style::alpha ? 4 : 3, opacity_plane, opacity_smoothness),
      network_input_(model.card.preprocessing) {
  // The icon's own size, or the network's where it takes no other.
  std::string why;
  const int own = seen_size(size);
  const image::Fit& fit = model.card.preprocessing.fit;
  if (!runs_at(own, own, why) && !runs_at(fit.width, fit.height, why))
    throw Error(
        "the network runs neither at the icon's size nor at its own: " + why.substr(0, why.find('\n')),
        model.card.name);
  if (style == Style::alpha) background_.emplace(width_, height_);
}

bool Pass::runs_at(int width, int height, std::string& why) {
  width_ = width;
  height_ = height;
  try {
    Trace trace;
    const at::Tensor input = at::zeros({1, network_input_.channels(), height, width},
                                       at::TensorOptions().memory_format(at::MemoryFormat::ChannelsLast));
    target_.to_positions(target_.part().forward(input.to(device_), trace));
    memory_ = trace.bytes();
    return true;
  } catch (const c10::Error& error) {
    why = error.what_without_backtrace();
  } catch (const Error& error) {
    why = error.what();
  } catch (const std::runtime_error& error) {  // the interpreter's own
    why = error.what();
  }
  return false;
}

void Pass::develop(const std::vector<float>& numbers, Room& room) const {
  const std::size_t pixels = spectrum_.pixels();
  room.planes.resize(4 * pixels);
  room.straight.resize(4 * pixels);
  room.canvas.resize(4 * pixels);
  spectrum_.to_planes(numbers.data(), room.planes.data());
  kernels::best().develop(room.planes.data(), pixels, style_ == Style::alpha, room.straight.data(),
                          room.canvas.data());
}

void Pass::see(const std::vector<float>& numbers, int step, Random& random, Room& room) const {
  develop(numbers, room);
  const TransformRange& range = style_ == Style::alpha ? wide_transforms : standard_transforms;
  room.map = to_affine(draw(range, random), size_, width_, height_);
  const std::size_t seen = std::size_t(width_) * std::size_t(height_);
  room.seen.resize(4 * seen);
  kernels::best().warp(room.canvas.data(), size_, room.map, width_, height_, room.seen.data());
  if (background_) background_->draw(random, room.background);
  const at::Tensor input = at::empty({1, height_, width_, network_input_.channels()}, at::kFloat);
  network_input_.compose(room.seen.data(), background_ ? room.background.data() : nullptr, seen,
                         input.data_ptr<float>());
  room.step = step;
  room.trace.redirect = step < redirected_steps;
  room.output = target_.part().forward(input.permute({0, 3, 1, 2}).to(device_), room.trace);
  room.values = target_.to_positions(room.output);
}

float Pass::mean_opacity(const Room& room) const {
  const std::size_t pixels = spectrum_.pixels();
  double total = 0;
  for (std::size_t i = 3 * pixels; i < 4 * pixels; ++i) total += room.straight[i];
  return float(total / double(pixels));
}

float Pass::value(const IconSubject& subject, Room& room) const {
  const LayerValues layer{room.values.const_data_ptr<float>(), int(room.values.size(1)),
                          int(room.values.size(2)), int(room.values.size(3))};
  room.gradient = at::empty_like(room.values);
  const bool alpha = style_ == Style::alpha;
  room.objective =
      evaluate(subject, layer, alpha ? Focus::centred : Focus::everywhere, room.gradient.data_ptr<float>());
  if (!std::isfinite(room.objective))
    throw Error("the network's values are not finite: its icons were given up", layer_);
  room.peak = peak(subject, layer);
  const float price = alpha ? price_of_opacity(room.step) : 0;
  room.gradient.mul_(-(1 - price * (price > 0 ? mean_opacity(room) : 0)));
  return room.objective;
}

void Pass::pull_back(Room& room) const {
  const kernels::Set& kernels = kernels::best();
  const bool alpha = style_ == Style::alpha;
  const std::size_t pixels = spectrum_.pixels();
  const std::size_t seen = std::size_t(width_) * std::size_t(height_);
  room.numbers.assign(spectrum_.numbers(), 0);
  const at::Tensor by_input =
      target_.part().backward(target_.from_positions(room.gradient, room.output), room.trace);
  if (!by_input.defined()) return;
  const at::Tensor gradient = by_input.permute({0, 2, 3, 1}).to(at::kCPU, at::kFloat).contiguous();
  room.seen_gradient.resize(4 * seen);
  network_input_.pull_back(gradient.const_data_ptr<float>(), background_ ? room.background.data() : nullptr,
                           seen, room.seen_gradient.data());
  room.canvas_gradient.assign(4 * pixels, 0);
  kernels.unwarp(room.seen_gradient.data(), size_, room.map, width_, height_, room.canvas_gradient.data());
  if (alpha) {
    const float each = price_of_opacity(room.step) * std::max(room.objective, 0.f) / float(pixels);
    for (std::size_t i = 0; i < pixels; ++i) room.canvas_gradient[4 * i + 3] += each;
  }
  kernels.undevelop(room.straight.data(), room.canvas_gradient.data(), pixels, alpha, room.planes.data());
  spectrum_.from_planes(room.planes.data(), room.numbers.data());
}

}  // namespace tessera::featurevis
