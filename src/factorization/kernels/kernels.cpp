#include "factorization/kernels/kernels.h"

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
  std::vector<Set> sets;
#ifdef TESSERA_X86_KERNELS
  if (__builtin_cpu_supports("avx512f")) sets.push_back(avx512::set);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(avx2::set);
#endif
  sets.push_back(generic::set);
  return sets;
}

const Set& best() {
  static const Set chosen = available().front();
  return chosen;
}

}  // namespace tessera::factorization::kernels
