// Windows are maps that are zero elsewhere: whatever is done to them is what is done to the maps.
#include "attribution/linear/windows.h"

#include <array>

#include "support/catch.h"

namespace tessera::test::windows_test {

using namespace tessera::attribution;

namespace {

// One value at a position of its own in each of several maps, one at a corner, one at an edge, one inside.
Windows points(std::int64_t channels) { return {at::rand({4, channels, 1, 1}), {0, 6, 3, 8}, {0, 2, 4, 7}}; }
constexpr std::int64_t height = 9, width = 8;

void check_same(const Windows& windows, const at::Tensor& maps) {
  CHECK(at::allclose(spread_out(windows, maps.size(2), maps.size(3)), maps, 1e-5, 1e-6));
}

using Pair = std::array<std::int64_t, 2>;

Windows convolved(const Windows& windows, const at::Tensor& weight, const WindowStep& down,
                  const WindowStep& across, const at::Tensor& like) {
  const WindowInput input = around(windows, down, across);
  const at::Tensor outputs = at::conv2d(input.values, weight, at::Tensor(), Pair{down.stride, across.stride},
                                        Pair{0, 0}, Pair{down.dilation, across.dilation});
  return cut_off({outputs, input.top, input.left}, like.size(2), like.size(3));
}

}  // namespace

TEST_CASE("windows are spread out where they belong, and what hangs out is left away", "[attribution]") {
  Windows windows{at::ones({1, 1, 2, 3}), {-1}, {6}};
  const at::Tensor maps = spread_out(windows, 4, 8);
  CHECK(maps.sum().item<float>() == 2);
  CHECK(maps[0][0][0][6].item<float>() == 1);
  CHECK(maps[0][0][0][7].item<float>() == 1);
  const Windows cut = cut_off({at::ones({1, 1, 2, 3}), {-1}, {6}}, 4, 8);
  CHECK(cut.values.sum().item<float>() == 2);
  CHECK(cut_off({at::ones({1, 1, 2, 3}), {-2}, {6}}, 4, 8).values.sum().item<float>() == 0);
}

TEST_CASE("a product with a map is the product in the windows", "[attribution]") {
  at::manual_seed(1);
  const Windows windows{at::rand({3, 2, 3, 3}), {-1, 4, 7}, {2, -2, 6}};
  const at::Tensor factor = at::rand({1, 2, height, width});
  check_same(times(windows, factor), spread_out(windows, height, width) * factor);
}

TEST_CASE("convolutions of windows are convolutions of maps", "[attribution]") {
  at::manual_seed(2);
  for (const std::int64_t size : {1, 2, 3, 5})
    for (const std::int64_t stride : {1, 2, 3})
      for (const std::int64_t dilation : {1, 2})
        for (const std::int64_t padding : {0, 1, 2}) {
          if (dilation * (size - 1) + 1 > height + 2 * padding) continue;
          INFO("kernel " << size << ", stride " << stride << ", dilation " << dilation << ", padding "
                         << padding);
          const WindowStep down{size, stride, padding, dilation};
          const WindowStep across{1, 2, 0, 1};
          const at::Tensor weight = at::rand({3, 2, size, 1});
          const Windows windows = points(2);
          const at::Tensor maps = at::conv2d(spread_out(windows, height, width), weight, at::Tensor(),
                                             Pair{stride, 2}, Pair{padding, 0}, Pair{dilation, 1});
          const Windows once = convolved(windows, weight, down, across, maps);
          check_same(once, maps);
          // And again, from windows of more than one position that may hang out.
          const at::Tensor second = at::rand({2, 3, 3, 3});
          const WindowStep step{3, 2, 1, 1};
          const at::Tensor twice = at::conv2d(maps, second, at::Tensor(), Pair{2, 2}, Pair{1, 1});
          check_same(convolved(once, second, step, step, twice), twice);
        }
}

}  // namespace tessera::test::windows_test
