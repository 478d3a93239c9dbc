// Compared with LibTorch's own derivative.
#include "attribution/linear/strided_depthwise.h"

#include "support/catch.h"

namespace tessera::test::strided_depthwise_test {

using namespace tessera::attribution;

TEST_CASE("the way back through strided depthwise convolutions is LibTorch's", "[attribution]") {
  at::manual_seed(5);
  constexpr std::int64_t channels = 3;
  for (const std::int64_t kernel : {1, 2, 3, 5})
    for (const std::int64_t stride : {2, 3})
      for (const std::int64_t padding : {0, 1, 2})
        for (const std::int64_t size : {5, 8, 9, 14}) {
          if (kernel > size + 2 * padding) continue;
          INFO("kernel " << kernel << ", stride " << stride << ", padding " << padding << ", size " << size);
          const std::vector<std::int64_t> strides{stride, 1}, paddings{padding, 1};
          const at::Tensor input = at::rand({2, channels, size, 7}).requires_grad_();
          const at::Tensor weight = at::rand({channels, 1, kernel, 3});
          const at::Tensor output = at::conv2d(input, weight, {}, strides, paddings, 1, channels);
          const at::Tensor gradient = at::rand_like(output.detach());
          const at::Tensor expected = torch::autograd::grad({output}, {input}, {gradient})[0];
          const at::Tensor got = pull_strided_depthwise(gradient, weight, {stride, padding, size}, {1, 1, 7});
          CHECK(at::allclose(got, expected, 1e-5, 1e-6));
        }
}

}  // namespace tessera::test::strided_depthwise_test
