#include "model/cube_tensor.h"

#include <cstring>

#include "model/layout.h"
#include "tessera/base/error.h"

namespace tessera::model {

Cube to_cube(const at::Tensor& tensor, const LayerValue& layer) {
  const LayerInfo& info = layer.info;
  at::Tensor values = to_grid(tensor.detach(), layer, 1);
  values = values.to(at::kCPU, at::kFloat).contiguous();
  if (values.numel() != std::int64_t(info.neurons()))
    throw Error("a layer's values have another size than in the dry run", info.name);
  return copied_cube(values, info);
}

Cube copied_cube(const at::Tensor& values, const LayerInfo& info) {
  const float* first = values.data_ptr<float>();
  Cube cube;
  cube.height = info.height;
  cube.width = info.width;
  cube.channels = info.channels;
  cube.values.assign(first, first + info.neurons());  // not set to zero before
  return cube;
}

at::Tensor from_cubes(std::span<const Cube> cubes, const LayerValue& layer, const at::Tensor& original,
                      c10::Device device) {
  const LayerInfo& info = layer.info;
  at::Tensor values =
      at::empty({std::int64_t(cubes.size()), info.height, info.width, info.channels}, at::kFloat);
  float* target = values.data_ptr<float>();
  for (const Cube& cube : cubes) {
    if (cube.height != info.height || cube.width != info.width || cube.channels != info.channels ||
        cube.values.size() != info.neurons())
      throw Error("a cube does not have the shape of the layer that it is to replace", info.name);
    std::memcpy(target, cube.values.data(), cube.values.size() * sizeof(float));
    target += cube.values.size();
  }
  values = values.to(device);
  values = from_grid(values, layer, 1, original);
  if (layer.arrangement == Arrangement::channels_first)
    return values.contiguous(at::MemoryFormat::ChannelsLast);
  return values.contiguous();
}

}  // namespace tessera::model
