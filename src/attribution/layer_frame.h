#pragma once

#include <optional>

#include "attribution/linear/windows.h"
#include "model/flat_graph.h"
#include "tessera/attribution/atoms.h"

namespace tessera::attribution {

// Between a layer's tensor, however it is arranged, and its cube H×W×C; and between atoms and batches.
class LayerFrame {
 public:
  // `recorded`: the layer's tensor for the picture, a batch of one.
  LayerFrame(const model::LayerValue& layer, const at::Tensor& recorded);

  // [B,H,W,C] as derivatives of the layer, [B,1,*shape]. Prefix tokens get zero.
  at::Tensor to_batch(const at::Tensor& cubes) const;
  // Derivatives [B,P,*shape] as [B,P,H,W,C].
  at::Tensor to_cubes(const at::Tensor& batch) const;

  // The parts `first` … `first + count` of a cube as derivatives [count,1,*shape].
  at::Tensor parts(const Cube& cube, const Atoms& atoms, std::size_t first, std::size_t count) const;

  // The same where each part is one position of a map [1,C,H,W]; nothing for other atoms and layers.
  std::optional<Windows> windows(const Cube& cube, const Atoms& atoms, std::size_t first,
                                 std::size_t count) const;

  // ⟨part_j(cube), d⟩ for every derivative d of [B,P,*shape] and atom j: [B,P,J].
  at::Tensor contract(const at::Tensor& batch, const Cube& cube, const Atoms& atoms) const;

  // All parts of a cube as rows [J,H*W*C], and what `contract` makes of them: for atoms that are few but cost
  // much to take apart.
  at::Tensor rows(const Cube& cube, const Atoms& atoms) const;
  at::Tensor contract(const at::Tensor& batch, const at::Tensor& rows) const;
  at::Tensor batch_of_rows(const at::Tensor& rows) const;  // the same as derivatives [J,1,*shape]

  at::Tensor tensor_of(const Cube& cube) const;  // [H,W,C]
  Cube cube_of(const at::Tensor& values) const;  // of [H,W,C]

 private:
  const model::LayerValue& layer_;
  at::TensorOptions options_;
};

}  // namespace tessera::attribution
