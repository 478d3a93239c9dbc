// Included once by each of generic.cpp, avx2.cpp and avx512.cpp, which are compiled for different processors
// and define
//   TESSERA_KERNEL_NAMESPACE  the namespace of the set
//   TESSERA_KERNEL_NAME       what people call it
//   TESSERA_KERNEL_LANES      floats in a register
// Nothing here may call an inline function of another header: the linker keeps one copy of those for the
// whole program, and it might be one that older processors cannot run.

#include <cstddef>
#include <cstring>

#include "featurevis/kernels/kernels.h"

namespace tessera::featurevis::kernels::TESSERA_KERNEL_NAMESPACE {
namespace {

constexpr int lanes = TESSERA_KERNEL_LANES;
using Size = std::size_t;

// GCC's and Clang's vector extension: arithmetic is by lane, comparison gives a mask of integers.
typedef float Vector __attribute__((vector_size(lanes * sizeof(float))));
typedef float Pixel __attribute__((vector_size(4 * sizeof(float))));

template <class T>
inline T load(const float* from) {
  T value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}
template <class T>
inline void store(float* to, T value) {
  std::memcpy(to, &value, sizeof(value));
}

// A number that the compiler knows, for functions that take one.
template <int N>
struct Count {
  static constexpr int value = N;
};

inline Vector clamped(Vector value, float low, float high) {
  const Vector l = low - Vector{};
  const Vector h = high - Vector{};
  value = value > l ? value : l;
  return value < h ? value : h;
}

#include "featurevis/kernels/body_depthwise.h"
#include "featurevis/kernels/body_picture.h"
#include "featurevis/kernels/body_pointwise.h"

}  // namespace

extern const Set set;
const Set set{TESSERA_KERNEL_NAME, adam,        develop,   undevelop, warp,    unwarp,
              depthwise,           undepthwise, pointwise, mask,      redirect};

}  // namespace tessera::featurevis::kernels::TESSERA_KERNEL_NAMESPACE
