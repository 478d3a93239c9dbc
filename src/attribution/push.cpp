// Where the parts of a layer go: their tangents at a later layer.
#include <array>

#include "attribution/along_path.h"
#include "attribution/layer_frame.h"
#include "tessera/base/error.h"

namespace tessera::attribution {

std::optional<Pushed> Sweeps::push(const Image& picture, const Source& source, const std::string& later,
                                   const GradientRules& rules, const Control& control) {
  const at::AutoGradMode disabled(false);
  control.throw_if_cancelled();
  control.report(0, "forward pass");
  Recorded& recorded = impl_->recorded(picture);
  const model::LayerValue& from = layer_value(impl_->network.flat(), source.layer);
  const model::LayerValue& to = layer_value(impl_->network.flat(), later);
  check_order(impl_->network, from, to.value, later);
  check(source.atoms, from.info.height, from.info.width, from.info.channels, source.layer);
  const std::shared_ptr<const Cube> cube = source.cube ? source.cube : impl_->cube(recorded, from);
  if (cube->height != from.info.height || cube->width != from.info.width ||
      cube->channels != from.info.channels)
    throw Error("the source's cube does not have the layer's shape", source.layer,
                "Give a cube of the layer");
  const LayerFrame start(from, recorded.recording->tensor(from.value));
  const LayerFrame end(to, recorded.recording->tensor(to.value));
  const at::Tensor rows = start.rows(*cube, source.atoms);
  const std::array targets{static_cast<const jit::Value*>(to.value)};
  if (!impl_->derivatives(recorded, rules).has_forward(from.value, targets)) return std::nullopt;

  Pushed result;
  result.note = {
      Engine::linearised, Direction::forward, rules, std::max<std::size_t>(1, source.points.size()), {}};
  at::Tensor sums;  // [atoms,H,W,C]
  std::size_t done = 0;
  const auto take = [&](Linearised& derivatives, const Recording& there) {
    const std::int64_t points = there.batch();
    const std::size_t fits =
        std::min(most_together, impl_->chunk_size(recorded, from.value, false, control)) /
        std::size_t(points);
    const auto step = std::int64_t(std::max<std::size_t>(1, fits));
    std::vector<at::Tensor> found;
    for (std::int64_t first = 0; first < rows.size(0); first += step) {
      control.throw_if_cancelled();
      at::Tensor tangents = start.batch_of_rows(rows.narrow(0, first, std::min(step, rows.size(0) - first)));
      if (points > 1) tangents = over_points(tangents, points);
      const at::Tensor there_too =
          derivatives.forward(from.value, std::move(tangents), targets, control.stop)[0];
      if (there_too.defined()) found.push_back(end.to_cubes(there_too).sum(1));
    }
    result.note.engine = std::max(result.note.engine, derivatives.engine());
    done += std::size_t(points);
    control.report(float(done) / float(result.note.points), "pushing parts forward");
    if (found.empty()) return;
    const at::Tensor here = at::cat(found);
    sums = sums.defined() ? sums.add_(here) : here;
  };
  if (source.points.empty())
    take(impl_->derivatives(recorded, rules), *recorded.recording);
  else
    along_path(*impl_, recorded, from, source.points, targets, std::size_t(rows.size(0)), rules, control,
               take);

  if (!sums.defined()) {
    result.note.remarks.push_back(source.layer + " does not influence " + later);
    result.tangents.assign(std::size_t(rows.size(0)), Cube(to.info.height, to.info.width, to.info.channels));
    return result;
  }
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    result.tangents.push_back(end.cube_of(sums[i] / double(result.note.points)));
    check_finite(result.tangents.back().values, source.layer);
  }
  return result;
}

}  // namespace tessera::attribution
