#include "attribution/linear/strided_depthwise.h"

#include <algorithm>
#include <vector>

namespace tessera::attribution {
namespace {

// The inputs first, first + stride, … of one axis: input first + i·stride sums entries `entry`, entry +
// stride, … of the kernel times outputs shift + i, shift + i - 1, …
struct Phase {
  std::int64_t first = 0;
  std::int64_t count = 0;  // of inputs
  std::int64_t entry = 0;
  std::int64_t entries = 0;  // of the kernel; 0: these inputs take no part
  std::int64_t shift = 0;
  std::int64_t lowest() const { return shift - (entries - 1); }
  std::int64_t highest() const { return shift + count - 1; }
};

std::vector<Phase> phases_of(const StridedAxis& axis, std::int64_t kernel) {
  std::vector<Phase> phases;
  for (std::int64_t first = 0; first < std::min(axis.stride, axis.input); ++first) {
    Phase phase;
    phase.first = first;
    phase.count = (axis.input - first + axis.stride - 1) / axis.stride;
    phase.entry = (first + axis.padding) % axis.stride;
    phase.entries = phase.entry < kernel ? (kernel - phase.entry + axis.stride - 1) / axis.stride : 0;
    phase.shift = (first + axis.padding - phase.entry) / axis.stride;
    phases.push_back(phase);
  }
  return phases;
}

// Zeros that an axis of the gradient needs before and behind it, for all phases.
struct Margin {
  std::int64_t before = 0;
  std::int64_t behind = 0;
};

Margin margin_of(const std::vector<Phase>& phases, std::int64_t size) {
  Margin margin;
  for (const Phase& phase : phases) {
    if (phase.entries == 0) continue;
    margin.before = std::max(margin.before, -phase.lowest());
    margin.behind = std::max(margin.behind, phase.highest() - (size - 1));
  }
  return margin;
}

}  // namespace

at::Tensor pull_strided_depthwise(const at::Tensor& gradient, const at::Tensor& weight,
                                  const StridedAxis& down, const StridedAxis& across) {
  const std::vector<Phase> rows = phases_of(down, weight.size(2));
  const std::vector<Phase> columns = phases_of(across, weight.size(3));
  const Margin above = margin_of(rows, gradient.size(2));
  const Margin beside = margin_of(columns, gradient.size(3));
  const at::Tensor framed =
      at::constant_pad_nd(gradient, {beside.before, beside.behind, above.before, above.behind});
  const at::Tensor turned = weight.flip({2, 3});
  const std::vector<std::int64_t> one(2, 1), none(2, 0);
  const at::Tensor result = at::empty({gradient.size(0), gradient.size(1), down.input, across.input},
                                      gradient.options().memory_format(at::MemoryFormat::ChannelsLast));
  // Entries entry, entry + stride, … of the kernel, counted from its end once it is turned.
  const auto entries = [](const at::Tensor& kernel, std::int64_t axis, const Phase& phase,
                          std::int64_t stride) {
    const std::int64_t last = phase.entry + (phase.entries - 1) * stride;
    return kernel.slice(axis, kernel.size(axis) - 1 - last, kernel.size(axis) - phase.entry, stride);
  };
  for (const Phase& row : rows)
    for (const Phase& column : columns) {
      const at::Tensor inputs = result.slice(2, row.first, down.input, down.stride)
                                    .slice(3, column.first, across.input, across.stride);
      if (row.entries == 0 || column.entries == 0) {
        inputs.zero_();
        continue;
      }
      const at::Tensor kernel =
          entries(entries(turned, 2, row, down.stride), 3, column, across.stride).contiguous();
      const at::Tensor outputs =
          framed.narrow(2, above.before + row.lowest(), row.count + row.entries - 1)
              .narrow(3, beside.before + column.lowest(), column.count + column.entries - 1)
              .contiguous(at::MemoryFormat::ChannelsLast);
      inputs.copy_(at::conv2d(outputs, kernel, {}, one, none, one, gradient.size(1)));
    }
  return result;
}

}  // namespace tessera::attribution
