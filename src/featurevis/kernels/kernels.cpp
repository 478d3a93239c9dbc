#include "featurevis/kernels/kernels.h"

#include "base/processor.h"

namespace tessera::featurevis::kernels {

namespace generic {
extern const Set set;
}
#ifdef TESSERA_X86_KERNELS
namespace avx2 {
extern const Set set;
}
namespace avx512 {
extern const Set set;
}
#endif

std::vector<Set> available() {
#ifdef TESSERA_X86_KERNELS
  return those_that_run(avx512::set, avx2::set, generic::set);
#else
  return {generic::set};
#endif
}

const Set& best() {
  static const Set chosen = available().front();
  return chosen;
}

std::vector<float> pack_pointwise(const float* weights, int columns, int inner) {
  std::vector<float> packed(std::size_t(padded(columns)) * std::size_t(inner));
  for (int column = 0; column < columns; ++column)
    for (int i = 0; i < inner; ++i)
      packed[std::size_t(column / panel * inner + i) * panel + std::size_t(column % panel)] =
          weights[std::size_t(column) * std::size_t(inner) + std::size_t(i)];
  return packed;
}

}  // namespace tessera::featurevis::kernels
