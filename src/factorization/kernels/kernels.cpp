#include "factorization/kernels/kernels.h"

#include "base/processor.h"

namespace tessera::factorization::kernels {

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

}  // namespace tessera::factorization::kernels
