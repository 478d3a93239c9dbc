#pragma once

#include <string>
#include <vector>

// Which instructions this processor has, for what is compiled several times (cmake/kernels.cmake).
namespace tessera {

#ifdef TESSERA_X86_KERNELS
// Of the same inner loops in three versions those that this processor can run, the fastest first.
template <class Set>
std::vector<Set> those_that_run(const Set& avx512, const Set& avx2, const Set& generic) {
  std::vector<Set> sets;
  if (__builtin_cpu_supports("avx512f")) sets.push_back(avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(avx2);
  sets.push_back(generic);
  return sets;
}
#endif

// Of the instructions that kernels are built for, those that this processor has, in words for people.
std::vector<std::string> processor_features();

// The names of the sets that were compiled, the fastest first.
std::vector<std::string> built_kernels();

}  // namespace tessera
