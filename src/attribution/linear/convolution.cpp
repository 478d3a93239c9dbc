// Convolutions without their bias. The way back is a convolution as well: with the kernel turned round.
// Depthwise ones with strides are taken apart (strided_depthwise.h), or with dilation the gradient is spread
// out by zeros; oneDNN's own backward pass, several times slower for those, is used only for dense strided
// convolutions.
#include "attribution/linear/blur.h"
#include "attribution/linear/factories.h"
#include "attribution/linear/pair_of.h"
#include "attribution/linear/strided_depthwise.h"

namespace tessera::attribution {
namespace {

struct Geometry {
  std::vector<std::int64_t> stride;
  std::vector<std::int64_t> padding;
  std::vector<std::int64_t> dilation;
  std::int64_t groups = 1;
};

class Convolution : public SimpleRule {
 public:
  Convolution(const Operation& operation, Geometry geometry, bool blur)
      : SimpleRule(operation),
        weight_(operation.argument("weight").toTensor()),
        kernels_(is_constant(operation, "weight") ? operation.kernels : nullptr),
        geometry_(std::move(geometry)),
        input_sizes_(operation.input().sizes().vec()),
        output_sizes_(operation.output().sizes().vec()),
        blur_(blur) {}

  at::Tensor push(at::Tensor tangent) override {
    const std::int64_t batch = tangent.size(0);
    at::Tensor maps = fold(tangent);
    tangent.reset();
    if (blur_) maps = blurred(maps);
    return unfold(convolved(maps), batch);
  }

  std::optional<Windows> forward_windows(const Windows& tangents) override {
    if (blur_) return std::nullopt;
    const auto along = [&](std::size_t axis) {
      return WindowStep{weight_.size(std::int64_t(axis) + 2), geometry_.stride[axis], geometry_.padding[axis],
                        geometry_.dilation[axis]};
    };
    const WindowStep down = along(0), across = along(1);
    const auto most = [&](std::int64_t window, const WindowStep& step) {
      return (window - 1 + step.reach()) / step.stride + 1;
    };
    // Not worth it where most of the map is covered.
    if (2 * most(tangents.height(), down) * most(tangents.width(), across) >
        output_sizes_[2] * output_sizes_[3])
      return std::nullopt;
    WindowInput input = around(tangents, down, across);
    const std::vector<std::int64_t> none(2, 0);
    return cut_off(
        {at::conv2d(input.values, weight_, {}, geometry_.stride, none, geometry_.dilation, geometry_.groups),
         std::move(input.top), std::move(input.left)},
        output_sizes_[2], output_sizes_[3]);
  }

  at::Tensor pull(at::Tensor gradient) override {
    const std::int64_t batch = gradient.size(0);
    at::Tensor maps = fold(gradient);
    gradient.reset();
    if (is_depthwise() && is_strided() && geometry_.dilation[0] == 1 && geometry_.dilation[1] == 1) {
      maps =
          pull_strided_depthwise(maps, weight_, {geometry_.stride[0], geometry_.padding[0], input_sizes_[2]},
                                 {geometry_.stride[1], geometry_.padding[1], input_sizes_[3]});
    } else if (can_turn()) {
      maps = turned_back(maps);
    } else {
      std::vector<std::int64_t> sizes = input_sizes_;
      sizes[0] = maps.size(0);
      const at::Tensor shape = at::empty(
          sizes, maps.options().memory_format(maps.suggest_memory_format()));  // only its shape is read
      const std::vector<std::int64_t> none(2, 0);
      maps = std::get<0>(at::convolution_backward(maps, shape, weight_, std::nullopt, geometry_.stride,
                                                  geometry_.padding, geometry_.dilation, false, none,
                                                  geometry_.groups, {true, false, false}));
    }
    if (blur_) maps = blurred(maps);
    return unfold(maps, batch);
  }

 private:
  bool is_depthwise() const { return weight_.size(1) == 1 && geometry_.groups == weight_.size(0); }
  bool is_strided() const { return geometry_.stride[0] > 1 || geometry_.stride[1] > 1; }
  bool can_turn() const {
    for (std::size_t axis = 0; axis < 2; ++axis)
      if (geometry_.padding[axis] > geometry_.dilation[axis] * (weight_.size(std::int64_t(axis) + 2) - 1))
        return false;
    return is_depthwise() || (geometry_.groups == 1 && !is_strided());
  }

  at::Tensor convolved(const at::Tensor& maps) {
    if (kernels_)
      return kernels_->convolve(
          maps, {weight_, {}, geometry_.stride, geometry_.padding, geometry_.dilation, geometry_.groups});
    return at::conv2d(maps, weight_, {}, geometry_.stride, geometry_.padding, geometry_.dilation,
                      geometry_.groups);
  }

  at::Tensor turned_back(const at::Tensor& gradient) {
    const at::Tensor turned =
        kernels_ ? kernels_->of(weight_, is_depthwise()) : turned_kernel(weight_, is_depthwise());
    at::Tensor maps = gradient;
    std::vector<std::int64_t> padding(2);
    std::vector<std::int64_t> spread = gradient.sizes().vec();
    bool copied = false;
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const std::int64_t reach = geometry_.dilation[axis] * (weight_.size(std::int64_t(axis) + 2) - 1);
      padding[axis] = reach - geometry_.padding[axis];
      // So large that the result has the input's size: the stride may have left out the last rows.
      spread[axis + 2] = input_sizes_[axis + 2] + reach - 2 * padding[axis];
      copied = copied || spread[axis + 2] != gradient.size(std::int64_t(axis) + 2);
    }
    if (copied) {
      maps = at::zeros(spread, gradient.options().memory_format(at::MemoryFormat::ChannelsLast));
      const auto every = [&](std::int64_t axis) {
        const std::int64_t stride = geometry_.stride[std::size_t(axis - 2)];
        return std::pair{stride, (gradient.size(axis) - 1) * stride + 1};
      };
      const auto [down, height] = every(2);
      const auto [right, width] = every(3);
      maps.slice(2, 0, height, down).slice(3, 0, width, right).copy_(gradient);
    }
    const std::int64_t groups = is_depthwise() ? geometry_.groups : 1;
    if (kernels_) return kernels_->convolve(maps, {turned, {}, {1, 1}, padding, geometry_.dilation, groups});
    return at::conv2d(maps, turned, {}, 1, padding, geometry_.dilation, groups);
  }

  at::Tensor weight_;
  static bool is_constant(const Operation& operation, std::string_view argument) {
    return operation.node->input(operation.index(argument))->node()->kind() == c10::prim::Constant;
  }

  TurnedKernels* kernels_;  // null: the weight is computed anew for each picture, and so turned anew as well
  Geometry geometry_;
  std::vector<std::int64_t> input_sizes_;
  std::vector<std::int64_t> output_sizes_;
  bool blur_;
};

}  // namespace

std::unique_ptr<Rule> convolution_rule(const Operation& operation, const RuleChoice& choice) {
  if (operation.name() != "conv2d" && operation.name() != "_convolution" && operation.name() != "convolution")
    return nullptr;
  if (!operation.only_varies(0) || operation.input().dim() != 4 ||
      operation.argument("weight").toTensor().dim() != 4 || !operation.argument("padding").isIntList())
    return nullptr;
  if (operation.has("transposed") && operation.argument("transposed").toBool()) return nullptr;
  Geometry geometry{pair_of(operation.argument("stride")), pair_of(operation.argument("padding")),
                    pair_of(operation.argument("dilation")), operation.argument("groups").toInt()};
  const bool strided = geometry.stride[0] > 1 || geometry.stride[1] > 1;
  return std::make_unique<Convolution>(operation, std::move(geometry),
                                       strided && choice.blur_strided_convolutions);
}

}  // namespace tessera::attribution
