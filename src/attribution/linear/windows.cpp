#include "attribution/linear/windows.h"

#include <algorithm>

namespace tessera::attribution {
namespace {

// Where the part of a window that lies in a map begins, in the window and in the map, and how long it is.
struct Overlap {
  std::int64_t in_window = 0;
  std::int64_t in_map = 0;
  std::int64_t length = 0;  // 0: none
};

Overlap overlap(std::int64_t begin, std::int64_t length, std::int64_t size) {
  const std::int64_t first = std::max<std::int64_t>(begin, 0);
  const std::int64_t last = std::min(begin + length, size);
  return {first - begin, first, std::max<std::int64_t>(last - first, 0)};
}

bool is_inside(const Windows& windows, std::int64_t height, std::int64_t width) {
  for (std::size_t b = 0; b < windows.top.size(); ++b)
    if (windows.top[b] < 0 || windows.left[b] < 0 || windows.top[b] + windows.height() > height ||
        windows.left[b] + windows.width() > width)
      return false;
  return true;
}

// Rows or columns of the map under each window, [B,n]; those outside as the nearest inside.
at::Tensor places(const std::vector<std::int64_t>& begin, std::int64_t length, std::int64_t size,
                  const at::Device& device) {
  at::Tensor result = at::empty({std::int64_t(begin.size()), length}, at::kLong);
  std::int64_t* place = result.data_ptr<std::int64_t>();
  for (const std::int64_t first : begin)
    for (std::int64_t i = 0; i < length; ++i) *place++ = std::clamp<std::int64_t>(first + i, 0, size - 1);
  return result.to(device);
}

std::int64_t rounded_up(std::int64_t value, std::int64_t step) {
  return value >= 0 ? (value + step - 1) / step : -(-value / step);
}

// Along one axis: outputs from `first` on, so many, and what they need of the input.
struct Reading {
  std::vector<std::int64_t> first_output;
  std::vector<std::int64_t> offset;  // of the window in what is read; negative: nobody reads its beginning
  std::int64_t outputs = 0;
  std::int64_t inputs = 0;
};

Reading reading(const std::vector<std::int64_t>& begin, std::int64_t length, const WindowStep& step) {
  Reading result;
  result.outputs = (length - 1 + step.reach()) / step.stride + 1;
  result.inputs = (result.outputs - 1) * step.stride + step.reach() + 1;
  for (const std::int64_t first : begin) {
    const std::int64_t output = rounded_up(first + step.padding - step.reach(), step.stride);
    const std::int64_t offset = first - (output * step.stride - step.padding);
    result.first_output.push_back(output);
    result.offset.push_back(offset);
    // Where the window begins between two strides it may end beyond the last input read.
    result.inputs = std::max(result.inputs, offset + length);
  }
  return result;
}

}  // namespace

at::Tensor spread_out(const Windows& windows, std::int64_t height, std::int64_t width) {
  const at::Tensor maps = at::zeros({windows.batch(), windows.values.size(1), height, width},
                                    windows.values.options().memory_format(at::MemoryFormat::ChannelsLast));
  for (std::int64_t b = 0; b < windows.batch(); ++b) {
    const Overlap rows = overlap(windows.top[std::size_t(b)], windows.height(), height);
    const Overlap columns = overlap(windows.left[std::size_t(b)], windows.width(), width);
    if (rows.length == 0 || columns.length == 0) continue;
    maps[b]
        .narrow(1, rows.in_map, rows.length)
        .narrow(2, columns.in_map, columns.length)
        .copy_(windows.values[b]
                   .narrow(1, rows.in_window, rows.length)
                   .narrow(2, columns.in_window, columns.length));
  }
  return maps;
}

Windows times(const Windows& windows, const at::Tensor& factor) {
  const std::int64_t width = factor.size(3);
  const at::Tensor rows = places(windows.top, windows.height(), factor.size(2), factor.device());
  const at::Tensor columns = places(windows.left, windows.width(), width, factor.device());
  const at::Tensor place = (rows.unsqueeze(2) * width + columns.unsqueeze(1)).flatten();
  // Whole vectors at a time.
  const at::Tensor under = factor[0]
                               .permute({1, 2, 0})
                               .flatten(0, 1)
                               .index_select(0, place)
                               .view({windows.batch(), windows.height(), windows.width(), -1})
                               .permute({0, 3, 1, 2});
  return {windows.values * under, windows.top, windows.left};
}

Windows cut_off(Windows windows, std::int64_t height, std::int64_t width) {
  if (is_inside(windows, height, width)) return windows;
  for (std::int64_t b = 0; b < windows.batch(); ++b) {
    const auto clear = [&](std::int64_t axis, std::int64_t begin, std::int64_t length, std::int64_t size) {
      const Overlap kept = overlap(begin, length, size);
      const at::Tensor one = windows.values[b];
      if (kept.length == 0) {
        one.zero_();
        return;
      }
      if (kept.in_window > 0) one.narrow(axis, 0, kept.in_window).zero_();
      const std::int64_t end = kept.in_window + kept.length;
      if (end < length) one.narrow(axis, end, length - end).zero_();
    };
    clear(1, windows.top[std::size_t(b)], windows.height(), height);
    clear(2, windows.left[std::size_t(b)], windows.width(), width);
  }
  return windows;
}

WindowInput around(const Windows& windows, const WindowStep& down, const WindowStep& across) {
  const Reading rows = reading(windows.top, windows.height(), down);
  const Reading columns = reading(windows.left, windows.width(), across);
  WindowInput input{{}, rows.first_output, columns.first_output};
  const auto starts_there = [](std::int64_t offset) { return offset == 0; };
  if (rows.inputs == windows.height() && columns.inputs == windows.width() &&
      std::all_of(rows.offset.begin(), rows.offset.end(), starts_there) &&
      std::all_of(columns.offset.begin(), columns.offset.end(), starts_there)) {
    input.values = windows.values;
    return input;
  }
  Windows placed = windows;
  placed.top = rows.offset;
  placed.left = columns.offset;
  input.values = spread_out(placed, rows.inputs, columns.inputs);
  return input;
}

}  // namespace tessera::attribution
