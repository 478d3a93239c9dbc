#include "model/layout.h"

#include "model/in_layout_of.h"

namespace tessera::model {
namespace {

// Undoes what the network did, on [lead…,H,W,C].
at::Tensor as_picture(at::Tensor grid, const Turn& turn, std::int64_t lead) {
  if (turn.transposed) grid = grid.transpose(lead, lead + 1);
  if (turn.flipped_rows) grid = grid.flip({lead});
  if (turn.flipped_columns) grid = grid.flip({lead + 1});
  return grid;
}

at::Tensor as_network(at::Tensor grid, const Turn& turn, std::int64_t lead) {
  if (turn.flipped_rows) grid = grid.flip({lead});
  if (turn.flipped_columns) grid = grid.flip({lead + 1});
  if (turn.transposed) grid = grid.transpose(lead, lead + 1);
  return grid;
}

at::Tensor indices_of(const LayerValue& layer, const at::Tensor& like) {
  return at::tensor(layer.patch_tokens, at::TensorOptions().dtype(at::kLong)).to(like.device());
}

}  // namespace

at::Tensor in_layout_of(const at::Tensor& tensor, const at::Tensor& like) {
  if (tensor.strides() == like.strides()) return tensor;
  return at::empty_like(like, tensor.options()).copy_(tensor);
}

at::Tensor to_grid(const at::Tensor& values, const LayerValue& layer, std::int64_t lead) {
  const LayerInfo& info = layer.info;
  at::Tensor grid = values;
  switch (layer.arrangement) {
    case Arrangement::channels_first:
      grid = grid.movedim(lead, lead + 2);
      break;
    case Arrangement::channels_last:
      break;
    case Arrangement::tokens: {
      grid = layer.patch_tokens.empty() ? grid.slice(lead, info.prefix_tokens)
                                        : grid.index_select(lead, indices_of(layer, values));
      const bool swapped = info.turn.transposed;
      grid = grid.unflatten(lead, {swapped ? info.width : info.height, swapped ? info.height : info.width});
      break;
    }
  }
  return as_picture(grid, info.turn, lead);
}

at::Tensor from_grid(const at::Tensor& grids, const LayerValue& layer, std::int64_t lead,
                     const at::Tensor& others) {
  const at::Tensor grid = as_network(grids, layer.info.turn, lead);
  switch (layer.arrangement) {
    case Arrangement::channels_first:
      return grid.movedim(lead + 2, lead);
    case Arrangement::channels_last:
      return grid;
    case Arrangement::tokens:
      break;
  }
  const at::Tensor tokens = grid.flatten(lead, lead + 1);
  if (layer.info.prefix_tokens == 0 && layer.patch_tokens.empty()) return tokens;
  std::vector<std::int64_t> sizes = tokens.sizes().vec();
  sizes[std::size_t(lead)] += layer.info.prefix_tokens;
  at::Tensor whole = others.defined() ? others.expand(sizes).clone(at::MemoryFormat::Contiguous)
                                      : at::zeros(sizes, tokens.options());
  if (layer.patch_tokens.empty())
    whole.slice(lead, layer.info.prefix_tokens).copy_(tokens);
  else
    whole.index_copy_(lead, indices_of(layer, tokens), tokens);
  return whole;
}

}  // namespace tessera::model
