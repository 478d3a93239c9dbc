#include "model/convolution.h"

namespace tessera::model {

std::optional<Convolution> convolution_of(const jit::Node& node) {
  if (node.kind() != c10::aten::conv2d) return std::nullopt;
  const auto constant = [&](std::size_t i) { return jit::toIValue(node.input(i)); };
  const auto weight = constant(1), bias = constant(2), stride = constant(3), padding = constant(4),
             dilation = constant(5), groups = constant(6);
  if (!weight || !weight->isTensor() || !bias || !stride || !padding || !padding->isIntList() || !dilation ||
      !groups)
    return std::nullopt;
  Convolution found{weight->toTensor(),      {},
                    stride->toIntVector(),   padding->toIntVector(),
                    dilation->toIntVector(), groups->toInt()};
  if (bias->isTensor()) found.bias = bias->toTensor();
  return found;
}

}  // namespace tessera::model
