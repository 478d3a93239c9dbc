// Where a layer's cells look: patches of the picture are changed one after the other, and the cells that
// answer most are to lie where the patch lies.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "check/subject.h"
#include "model/layout.h"

namespace tessera::check {
namespace {

struct Point {  // shares of the height and the width, from the middle
  double y = 0;
  double x = 0;
};
constexpr std::array<Point, 6> patches{{{-.3, -.25}, {-.3, .3}, {.3, -.3}, {.3, .25}, {0, -.35}, {-.1, .1}}};
constexpr double patch_side = .2;

// The picture with one patch turned to its opposite, with some texture.
at::Tensor with_patch(const at::Tensor& input, const Point& at, at::Generator& generator) {
  const std::int64_t height = input.size(2), width = input.size(3);
  const auto range = [](double middle, std::int64_t size) {
    const std::int64_t length = std::max<std::int64_t>(1, std::llround(patch_side * double(size)));
    const std::int64_t first =
        std::clamp<std::int64_t>(std::llround((middle + .5) * double(size)) - length / 2, 0, size - length);
    return std::pair(first, length);
  };
  const auto [top, rows] = range(at.y, height);
  const auto [left, columns] = range(at.x, width);
  at::Tensor changed = input.clone();
  at::Tensor part = changed.narrow(2, top, rows).narrow(3, left, columns);
  const double spread = std::max(input.std().item<double>(), 1e-6);
  const at::Tensor grain =
      at::randn(part.sizes(), generator, at::TensorOptions().dtype(at::kFloat)).to(input.device());
  part.copy_(input.mean() * 2 - part + grain * spread);
  return changed;
}

// The middle of where a grid [H,W,C] of changes is largest.
Point centre_of(const at::Tensor& change) {
  const at::Tensor energy = change.to(at::kCPU, at::kDouble).square().sum(-1);
  const at::Tensor weight = energy.square();  // the peak more than its surroundings
  const double total = weight.sum().item<double>();
  if (!(total > 0) || !std::isfinite(total)) return {};
  const auto middle = [&](std::int64_t axis) {
    const std::int64_t size = weight.size(axis);
    const at::Tensor places = (at::arange(size, weight.options()) + .5) / double(size) - .5;
    return (weight.sum(1 - axis) * places).sum().item<double>() / total;
  };
  return {middle(0), middle(1)};
}

// How centres follow patches: the 2 × 2 matrix of least squares, and how far they are off on the whole.
struct Follows {
  double yy = 0, yx = 0, xy = 0, xx = 0;
  Point offset;
};

Follows fit(const std::vector<Point>& found) {
  Point mean_patch, mean_found;
  for (std::size_t i = 0; i < patches.size(); ++i) {
    mean_patch.y += patches[i].y / patches.size(), mean_patch.x += patches[i].x / patches.size();
    mean_found.y += found[i].y / patches.size(), mean_found.x += found[i].x / patches.size();
  }
  double pyy = 0, pyx = 0, pxx = 0, fyy = 0, fyx = 0, fxy = 0, fxx = 0;
  for (std::size_t i = 0; i < patches.size(); ++i) {
    const double py = patches[i].y - mean_patch.y, px = patches[i].x - mean_patch.x;
    const double fy = found[i].y - mean_found.y, fx = found[i].x - mean_found.x;
    pyy += py * py, pyx += py * px, pxx += px * px;
    fyy += fy * py, fyx += fy * px, fxy += fx * py, fxx += fx * px;
  }
  const double determinant = pyy * pxx - pyx * pyx;
  Follows follows;
  follows.yy = (fyy * pxx - fyx * pyx) / determinant;
  follows.yx = (fyx * pyy - fyy * pyx) / determinant;
  follows.xy = (fxy * pxx - fxx * pyx) / determinant;
  follows.xx = (fxx * pyy - fxy * pyx) / determinant;
  follows.offset = {mean_found.y - follows.yy * mean_patch.y - follows.yx * mean_patch.x,
                    mean_found.x - follows.xy * mean_patch.y - follows.xx * mean_patch.x};
  return follows;
}

Line judge(const std::string& layer, const Follows& follows, bool rows, bool columns) {
  // As the picture lies; or turned in one of the seven other ways.
  const double straight = (rows ? follows.yy : 0) + (columns ? follows.xx : 0);
  const std::array<double, 7> turned{
      follows.yy - follows.xx, follows.xx - follows.yy, -follows.yy - follows.xx, follows.yx + follows.xy,
      follows.yx - follows.xy, follows.xy - follows.yx, -follows.yx - follows.xy};
  const double other = rows && columns ? *std::ranges::max_element(turned) : -straight;
  const double off =
      std::max(rows ? std::abs(follows.offset.y) : 0, columns ? std::abs(follows.offset.x) : 0);
  const bool in_place = straight > other && off < .25;
  // Cells that see the whole picture, as through attention, follow a patch faintly or not at all; of those
  // that follow it elsewhere to, only a clear answer counts.
  constexpr double clear = .3;
  const double axes = double(rows) + double(columns);
  if (in_place ? straight < .05 * axes : std::max(straight, other - std::max(straight, 0.0)) < clear * axes)
    return line(Kind::place, layer, Outcome::skipped,
                "Its cells answer to the whole picture: they have no clear place of their own");
  Line made = line(Kind::place, layer, in_place ? Outcome::passed : Outcome::failed,
                   in_place           ? "Its cells answer where the picture is changed"
                   : straight > other ? "Its cells answer elsewhere than where the picture is changed: the "
                                        "network shifts its picture inside"
                                      : "Its cells answer elsewhere than where the picture is changed: the "
                                        "network turns its picture inside, in a way "
                                        "that Tessera does not follow");
  made.measured = straight > other ? off : other - straight;
  made.limit = straight > other ? .25 : 0;
  return made;
}

}  // namespace

void check_place(Subject& subject, Report& report) {
  model::Model::Impl& model = subject.model;
  std::vector<jit::Value*> values;
  for (const model::LayerValue* layer : subject.layers)
    if (layer->value != model.flat.picture && layer->info.height * layer->info.width > 1)
      values.push_back(layer->value);
  if (values.empty()) return;
  const model::Program& program = model.program(std::array{model.flat.picture}, values);
  const at::Tensor& input = subject.inputs.front();
  const std::vector<at::Tensor> before = program.run({input});
  at::Generator generator = at::detail::createCPUGenerator(5);
  std::vector<std::vector<Point>> centres(values.size());
  for (const Point& patch : patches) {
    subject.pause();
    const std::vector<at::Tensor> after = program.run({with_patch(input, patch, generator)});
    std::size_t k = 0;
    for (const model::LayerValue* layer : subject.layers) {
      if (k == values.size() || layer->value != values[k]) continue;
      centres[k].push_back(centre_of(model::to_grid((after[k] - before[k])[0], *layer, 0)));
      ++k;
    }
  }
  std::size_t k = 0;
  for (const model::LayerValue* layer : subject.layers) {
    if (k == values.size() || layer->value != values[k]) continue;
    report.lines.push_back(
        judge(layer->info.name, fit(centres[k]), layer->info.height > 1, layer->info.width > 1));
    ++k;
  }
}

}  // namespace tessera::check
