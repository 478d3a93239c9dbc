// Every atom's effect on every target, by tangents forwards or gradients backwards.
#include <algorithm>
#include <cstring>

#include "attribution/along_path.h"
#include "attribution/layer_frame.h"
#include "model/cube_tensor.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

// A target, ready to be read: logits one by one, or atoms of a layer with their weights.
struct ReadyTarget {
  const model::LayerValue* layer = nullptr;  // null: the logits
  const jit::Value* value = nullptr;
  Atoms atoms;
  Cube weights;
  at::Tensor classes;  // of the logits [count]; undefined: all of them
  at::Tensor rows;     // the parts of the weights, where they are those of groups
  std::size_t count = 0;
};

// Groups are much work to take a cube apart into: done once where there is room for all parts, twice over.
bool keeps_parts(const Atoms& atoms, const Cube& cube, const Control& control) {
  const bool groups = std::holds_alternative<GroupCubes>(atoms) || std::holds_alternative<GroupShares>(atoms);
  if (!groups) return false;
  const std::size_t parts = count(atoms, cube.height, cube.width, cube.channels);
  return 2 * parts * cube.values.size() * sizeof(float) <= control.memory_budget;
}

ReadyTarget prepare(const Target& target, Sweeps::Impl& impl, Recorded& recorded,
                    const model::LayerValue& source, const Control& control) {
  ReadyTarget ready;
  const model::FlatGraph& flat = impl.network.flat();
  if (target.layer.empty()) {
    ready.value = flat.logits;
    const at::Tensor& logits = recorded.recording->tensor(flat.logits);
    ready.count = std::size_t(logits.size(1));
    if (target.classes.empty()) return ready;
    for (const int index : target.classes) check_class(index, logits.size(1));
    ready.classes =
        at::tensor(std::vector<std::int64_t>(target.classes.begin(), target.classes.end()), at::kLong)
            .to(logits.device());
    ready.count = target.classes.size();
    return ready;
  }
  ready.layer = &layer_value(flat, target.layer);
  ready.value = ready.layer->value;
  check_order(impl.network, source, ready.value, target.layer);
  const model::LayerInfo& info = ready.layer->info;
  check(target.atoms, info.height, info.width, info.channels, target.layer);
  ready.atoms = target.atoms;
  if (target.weights) {
    if (std::holds_alternative<GroupCubes>(target.atoms))
      throw Error("effects on whole groups take no weights", target.layer,
                  "Leave the weights out, or ask for shares");
    if (target.weights->height != info.height || target.weights->width != info.width ||
        target.weights->channels != info.channels)
      throw Error("the weights do not have the layer's shape", target.layer, "Give a cube of the layer");
    ready.weights = *target.weights;
  } else if (const auto* groups = std::get_if<GroupCubes>(&target.atoms)) {
    // At unit length: the part of a group does not depend on the cube, so its direction is scaled instead.
    const Cube cube = *impl.cube(recorded, *ready.layer);
    GroupCubes unit;
    if (groups->residual) throw Error("a residual is no target by itself", target.layer, "Leave it out");
    for (const Group& group : groups->groups) {
      double map = 0;
      double direction = 0;
      for (const float value : group.map) map += double(value) * value;
      for (const float value : group.direction) direction += double(value) * value;
      Group scaled = group;
      const double length = std::sqrt(map * direction);
      if (length > 0)
        for (float& value : scaled.direction) value = float(value / length);
      unit.groups.push_back(std::move(scaled));
    }
    ready.atoms = std::move(unit);
    ready.weights = cube;
  } else if (std::holds_alternative<GroupShares>(target.atoms)) {
    throw Error("effects on the shares of groups need weights", target.layer, "Give a gradient of the layer");
  } else {
    ready.weights = class_free_weights(*impl.cube(recorded, *ready.layer), target.atoms);
  }
  ready.count = count(ready.atoms, info.height, info.width, info.channels);
  if (keeps_parts(ready.atoms, ready.weights, control))
    ready.rows =
        LayerFrame(*ready.layer, recorded.recording->tensor(ready.value)).rows(ready.weights, ready.atoms);
  return ready;
}

class EffectSweep {
 public:
  EffectSweep(Sweeps::Impl& impl, Recorded& recorded, const Source& source, std::span<const Target> targets,
              const GradientRules& rules, const Control& control)
      : impl_(impl),
        recorded_(recorded),
        layer_(layer_value(impl.network.flat(), source.layer)),
        rules_(rules),
        control_(control),
        atoms_(source.atoms) {
    const model::LayerInfo& info = layer_.info;
    check(source.atoms, info.height, info.width, info.channels, source.layer);
    if (source.cube && (source.cube->height != info.height || source.cube->width != info.width ||
                        source.cube->channels != info.channels))
      throw Error("the source's cube does not have the layer's shape", source.layer,
                  "Give a cube of the layer");
    cube_ = source.cube ? source.cube : impl.cube(recorded, layer_);
    atom_count_ = count(atoms_, info.height, info.width, info.channels);
    for (const Target& target : targets) {
      targets_.push_back(prepare(target, impl, recorded, layer_, control));
      values_.push_back(targets_.back().value);
      target_count_ += targets_.back().count;
      sweep_.effects.push_back(
          {targets_.back().count, atom_count_, std::vector<float>(targets_.back().count * atom_count_)});
    }
    sweep_.note.rules = rules;
  }

  Sweep run(std::span<const Cube> points, Direction direction) {
    if (points.empty()) {
      total_ = 1;
      at(impl_.derivatives(recorded_, rules_), *recorded_.recording, direction);
    } else {
      total_ = points.size();
      along_path(impl_, recorded_, layer_, points, values_, std::min(atom_count_, target_count_), rules_,
                 control_, [&](Linearised& derivatives, const Recording& there) {
                   at(derivatives, there, direction);
                   done_ += std::size_t(there.batch());
                 });
      for (Effects& effects : sweep_.effects)
        for (float& value : effects.values) value = float(value / double(points.size()));
    }
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      check_finite(sweep_.effects[i].values, layer_.info.name);
      if (!impl_.network.downstream(layer_.value).contains(targets_[i].value))
        sweep_.note.remarks.push_back(layer_.info.name + " does not influence " +
                                      (targets_[i].layer ? targets_[i].layer->info.name : "the logits"));
    }
    sweep_.note.points = std::max<std::size_t>(1, points.size());
    control_.report(1, "done");
    return std::move(sweep_);
  }

 private:
  void at(Linearised& derivatives, const Recording& there, Direction direction) {
    const bool can_go_forward =
        direction == Direction::backward || derivatives.has_forward(layer_.value, values_);
    if (direction == Direction::automatic)
      direction = can_go_forward && atom_count_ <= target_count_ ? Direction::forward : Direction::backward;
    if (direction == Direction::forward && !can_go_forward) {
      direction = Direction::backward;
      if (sweep_.note.remarks.empty())
        sweep_.note.remarks.push_back("some operations have no forward derivative: computed backwards");
    }
    if (direction == Direction::forward)
      forward(derivatives, there.batch());
    else
      backward(derivatives, there.batch());
    sweep_.note.direction = direction;
    sweep_.note.engine = std::max(sweep_.note.engine, derivatives.engine());
  }

  std::size_t chunk(std::int64_t points) const {
    const std::size_t fits = impl_.chunk_size(recorded_, layer_.value, false, control_) / std::size_t(points);
    return std::clamp<std::size_t>(fits, 1, most_together);
  }

  void tell(std::size_t part, std::size_t parts) {
    control_.throw_if_cancelled();
    control_.report((float(done_) + float(part) / float(parts)) / float(total_), "attribution sweep");
  }

  LayerFrame frame(const model::LayerValue& layer) const {
    return {layer, recorded_.recording->tensor(layer.value)};
  }

  void forward(Linearised& derivatives, std::int64_t points) {
    const std::size_t step = chunk(points);
    for (std::size_t first = 0; first < atom_count_; first += step) {
      tell(first, atom_count_);
      const std::size_t size = std::min(step, atom_count_ - first);
      const std::vector<at::Tensor> ends = pushed(derivatives, points, first, size);
      for (std::size_t t = 0; t < targets_.size(); ++t) {
        if (!ends[t].defined()) continue;
        const ReadyTarget& target = targets_[t];
        add(t, read(target, ends[t]), first, /*atoms_first=*/true);
      }
    }
  }

  at::Tensor read(const ReadyTarget& target, const at::Tensor& tangents) const {
    if (!target.layer) return target.classes.defined() ? tangents.index_select(2, target.classes) : tangents;
    const LayerFrame there = frame(*target.layer);
    return target.rows.defined() ? there.contract(tangents, target.rows)
                                 : there.contract(tangents, target.weights, target.atoms);
  }

  // Those of groups are kept, for the next points of a path.
  at::Tensor parts(std::size_t first, std::size_t size) {
    const LayerFrame here = frame(layer_);
    if (!keeps_parts(atoms_, *cube_, control_)) return here.parts(*cube_, atoms_, first, size);
    if (!rows_.defined()) rows_ = here.rows(*cube_, atoms_);
    return here.batch_of_rows(rows_.narrow(0, std::int64_t(first), std::int64_t(size)));
  }

  std::vector<at::Tensor> pushed(Linearised& derivatives, std::int64_t points, std::size_t first,
                                 std::size_t size) {
    const LayerFrame at_layer = frame(layer_);
    if (points == 1)
      if (std::optional<Windows> windows = at_layer.windows(*cube_, atoms_, first, size))
        return derivatives.forward(layer_.value, std::move(*windows), values_, control_.stop);
    at::Tensor tangents = parts(first, size);
    if (points > 1) tangents = over_points(tangents, points);
    return derivatives.forward(layer_.value, std::move(tangents), values_, control_.stop);
  }

  void backward(Linearised& derivatives, std::int64_t points) {
    const std::size_t step = chunk(points);
    std::size_t before = 0;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const ReadyTarget& target = targets_[t];
      for (std::size_t first = 0; first < target.count; first += step) {
        tell(before + first, target_count_);
        const std::size_t size = std::min(step, target.count - first);
        at::Tensor gradients;
        if (target.layer) {
          gradients = frame(*target.layer).parts(target.weights, target.atoms, first, size);
        } else {
          const at::Tensor& logits = recorded_.recording->tensor(target.value);
          gradients = at::eye(logits.size(1), logits.options());
          if (target.classes.defined()) gradients = gradients.index_select(0, target.classes);
          gradients = gradients.narrow(0, std::int64_t(first), std::int64_t(size)).unsqueeze(1);
        }
        if (points > 1) gradients = over_points(gradients, points);
        const Linearised::Seed seed{target.value, std::move(gradients)};
        const at::Tensor end = derivatives.backward(
            std::span(&seed, 1), std::array{static_cast<const jit::Value*>(layer_.value)}, control_.stop)[0];
        if (end.defined()) add(t, frame(layer_).contract(end, *cube_, atoms_), first, /*atoms_first=*/false);
      }
      before += target.count;
    }
  }

  // Sums over points. `found`: [atoms, points, targets] of a chunk, or [targets, points, atoms].
  void add(std::size_t target, const at::Tensor& found, std::size_t first, bool atoms_first) {
    const at::Tensor sums = found.sum(1).to(at::kCPU, at::kFloat);
    const at::Tensor values = (atoms_first ? sums.t() : sums).contiguous();  // targets × atoms
    Effects& effects = sweep_.effects[target];
    const float* from = values.data_ptr<float>();
    const auto columns = std::size_t(values.size(1));
    for (std::size_t row = 0; row < std::size_t(values.size(0)); ++row)
      for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t place =
            atoms_first ? row * atom_count_ + first + column : (first + row) * atom_count_ + column;
        effects.values[place] += from[row * columns + column];
      }
  }

  Sweeps::Impl& impl_;
  Recorded& recorded_;
  const model::LayerValue& layer_;
  GradientRules rules_;
  const Control& control_;
  Atoms atoms_;
  std::shared_ptr<const Cube> cube_;
  std::size_t atom_count_ = 0;
  at::Tensor rows_;
  std::vector<ReadyTarget> targets_;
  std::vector<const jit::Value*> values_;
  std::size_t target_count_ = 0;
  std::size_t done_ = 0;   // points
  std::size_t total_ = 1;  // points
  Sweep sweep_;
};

}  // namespace

Sweep Sweeps::effects(const Image& picture, const Source& source, std::span<const Target> targets,
                      const GradientRules& rules, const Control& control, Direction direction) {
  const at::AutoGradMode disabled(false);
  control.throw_if_cancelled();
  control.report(0, "forward pass");
  Recorded& recorded = impl_->recorded(picture);
  return EffectSweep(*impl_, recorded, source, targets, rules, control).run(source.points, direction);
}

}  // namespace tessera::attribution
