#include "base/processor.h"

namespace tessera {

std::vector<std::string> processor_features() {
  std::vector<std::string> features;
#if defined(__x86_64__) && defined(__GNUC__)
  const auto add = [&](bool present, const char* name) {
    if (present) features.push_back(name);
  };
  add(__builtin_cpu_supports("avx2"), "AVX2");
  add(__builtin_cpu_supports("fma"), "FMA");
  add(__builtin_cpu_supports("avx512f"), "AVX-512");
  add(__builtin_cpu_supports("avx512bf16"), "AVX-512 BF16");
#endif
  return features;
}

std::vector<std::string> built_kernels() {
#ifdef __x86_64__  // as cmake/kernels.cmake has it
  return {"AVX-512", "AVX2", "plain"};
#else
  return {"plain"};
#endif
}

}  // namespace tessera
