#include "attribution/layer_frame.h"

#include <algorithm>
#include <cstring>

#include "model/cube_tensor.h"
#include "model/layout.h"

namespace tessera::attribution {

LayerFrame::LayerFrame(const model::LayerValue& layer, const at::Tensor& recorded)
    : layer_(layer), options_(at::TensorOptions().dtype(recorded.scalar_type()).device(recorded.device())) {}

at::Tensor LayerFrame::to_batch(const at::Tensor& cubes) const {
  return model::from_grid(cubes, layer_, 1).unsqueeze(1);
}

at::Tensor LayerFrame::to_cubes(const at::Tensor& batch) const { return model::to_grid(batch, layer_, 2); }

at::Tensor LayerFrame::parts(const Cube& cube, const Atoms& atoms, std::size_t first,
                             std::size_t count) const {
  at::Tensor values = at::zeros({std::int64_t(count), cube.height, cube.width, cube.channels}, at::kFloat);
  float* target = values.data_ptr<float>();
  const auto channels = std::size_t(cube.channels);
  for (std::size_t i = first; i < first + count; ++i, target += cube.values.size()) {
    if (std::holds_alternative<AllPositions>(atoms)) {
      std::memcpy(target + i * channels, cube.values.data() + i * channels, channels * sizeof(float));
    } else if (std::holds_alternative<AllChannels>(atoms)) {
      for (std::size_t p = 0; p < cube.positions(); ++p)
        target[p * channels + i] = cube.values[p * channels + i];
    } else {
      const Cube one = part(cube, atoms, i);
      std::memcpy(target, one.values.data(), one.values.size() * sizeof(float));
    }
  }
  return to_batch(values.to(options_));
}

std::optional<Windows> LayerFrame::windows(const Cube& cube, const Atoms& atoms, std::size_t first,
                                           std::size_t count) const {
  const auto* chosen = std::get_if<ChosenPositions>(&atoms);
  if (layer_.arrangement != model::Arrangement::channels_first || !layer_.info.turn.none() ||
      !(chosen || std::holds_alternative<AllPositions>(atoms)))
    return std::nullopt;
  Windows windows;
  const at::Tensor values = at::empty({std::int64_t(count), 1, 1, cube.channels}, at::kFloat);
  for (std::size_t i = 0; i < count; ++i) {
    const int index = int(first + i);
    const Position at = chosen ? chosen->list[first + i] : Position{index / cube.width, index % cube.width};
    const std::span<const float> vector = cube.position(at.y, at.x);
    std::copy(vector.begin(), vector.end(), values.data_ptr<float>() + i * vector.size());
    windows.top.push_back(at.y);
    windows.left.push_back(at.x);
  }
  windows.values = values.permute({0, 3, 1, 2}).to(options_);
  return windows;
}

at::Tensor LayerFrame::contract(const at::Tensor& batch, const Cube& cube, const Atoms& atoms) const {
  const at::Tensor derivatives = to_cubes(batch);
  if (std::holds_alternative<AllPositions>(atoms)) return (derivatives * tensor_of(cube)).sum(-1).flatten(2);
  if (std::holds_alternative<AllChannels>(atoms)) return (derivatives * tensor_of(cube)).sum({2, 3});
  if (std::holds_alternative<Whole>(atoms))
    return (derivatives * tensor_of(cube)).sum({2, 3, 4}).unsqueeze(-1);
  const at::Tensor flat = derivatives.flatten(2);
  std::vector<at::Tensor> columns;
  const std::size_t atom_count = count(atoms, cube.height, cube.width, cube.channels);
  for (std::size_t j = 0; j < atom_count; ++j) {
    if (const auto* neurons = std::get_if<ChosenNeurons>(&atoms)) {
      const NeuronIndex& n = neurons->list[j];
      columns.push_back(derivatives.select(2, n.y).select(2, n.x).select(2, n.channel) *
                        cube.at(n.y, n.x, n.channel));
    } else {
      columns.push_back(at::matmul(flat, tensor_of(part(cube, atoms, j)).flatten()));
    }
  }
  if (columns.empty()) return at::zeros({batch.size(0), batch.size(1), 0}, options_);
  return at::stack(columns, -1);
}

at::Tensor LayerFrame::rows(const Cube& cube, const Atoms& atoms) const {
  const std::vector<Cube> all = tessera::attribution::parts(cube, atoms);
  at::Tensor rows = at::empty({std::int64_t(all.size()), std::int64_t(cube.values.size())}, at::kFloat);
  float* target = rows.data_ptr<float>();
  for (const Cube& one : all) target = std::copy(one.values.begin(), one.values.end(), target);
  return rows.to(options_);
}

at::Tensor LayerFrame::batch_of_rows(const at::Tensor& rows) const {
  const model::LayerInfo& info = layer_.info;
  return to_batch(rows.view({rows.size(0), info.height, info.width, info.channels}));
}

at::Tensor LayerFrame::contract(const at::Tensor& batch, const at::Tensor& rows) const {
  return at::matmul(to_cubes(batch).flatten(2), rows.t());
}

at::Tensor LayerFrame::tensor_of(const Cube& cube) const {
  return at::from_blob(const_cast<float*>(cube.values.data()), {cube.height, cube.width, cube.channels},
                       at::kFloat)
      .to(options_, /*non_blocking=*/false, /*copy=*/true);
}

Cube LayerFrame::cube_of(const at::Tensor& values) const {
  const at::Tensor plain = values.to(at::kCPU, at::kFloat).contiguous();
  return model::copied_cube(plain, layer_.info);
}

}  // namespace tessera::attribution
