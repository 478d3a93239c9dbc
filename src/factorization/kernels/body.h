// Included once by each of generic.cpp, avx2.cpp and avx512.cpp, which are compiled for different processors
// and define
//   TESSERA_KERNEL_NAMESPACE  the namespace of the set
//   TESSERA_KERNEL_NAME       what people call it
//   TESSERA_KERNEL_LANES      floats in a register
//   TESSERA_KERNEL_ROWS       rows of a product that are kept in registers at once, two registers each
// Nothing here may call an inline function of another header: the linker keeps one copy of those for the
// whole program, and it might be one that older processors cannot run.

#include <cstddef>
#include <cstring>

#include "factorization/kernels/kernels.h"

namespace tessera::factorization::kernels::TESSERA_KERNEL_NAMESPACE {
namespace {

constexpr int lanes = TESSERA_KERNEL_LANES;
constexpr int most_rows = TESSERA_KERNEL_ROWS;
constexpr int chunk = 2 * lanes;  // columns handled together
static_assert(panel % chunk == 0);

// GCC's and Clang's vector extension: arithmetic is by lane, comparison gives a mask of integers.
typedef float Vector __attribute__((vector_size(lanes * sizeof(float))));
typedef int Mask __attribute__((vector_size(lanes * sizeof(int))));

inline Vector load(const float* from) {
  Vector value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

inline void store(float* to, Vector value) { std::memcpy(to, &value, sizeof(value)); }

inline float total(Vector value) {
  float sum = 0;
  for (int i = 0; i < lanes; ++i) sum += value[i];
  return sum;
}

template <int Rows>
inline void product_rows(const float* left, int left_stride, int inner, const float* right, float* out,
                         int out_stride) {
  Vector low[Rows] = {}, high[Rows] = {};
  for (int j = 0; j < inner; ++j) {
    const Vector x = load(right + std::size_t(j) * panel);
    const Vector y = load(right + std::size_t(j) * panel + lanes);
    for (int r = 0; r < Rows; ++r) {
      const float factor = left[std::size_t(r) * left_stride + j];
      low[r] += factor * x;
      high[r] += factor * y;
    }
  }
  for (int r = 0; r < Rows; ++r) {
    store(out + std::size_t(r) * out_stride, low[r]);
    store(out + std::size_t(r) * out_stride + lanes, high[r]);
  }
}

template <int Rows>
inline void product_at_most(int rows, const float* left, int left_stride, int inner, const float* right,
                            float* out, int out_stride) {
  if (rows == Rows)
    product_rows<Rows>(left, left_stride, inner, right, out, out_stride);
  else if constexpr (Rows > 1)
    product_at_most<Rows - 1>(rows, left, left_stride, inner, right, out, out_stride);
}

void product(const float* left, int left_stride, int rows, int inner, const float* right, int columns,
             float* out, int out_stride) {
  // Rows in blocks as equal as can be: 9 are done as 5 and 4 rather than as 8 and 1.
  const int blocks = (rows + most_rows - 1) / most_rows;
  for (int column = 0; column < columns; column += panel, right += std::size_t(inner) * panel)
    for (int start = 0; start < panel; start += chunk)
      for (int block = 0; block < blocks; ++block) {
        const int from = rows * block / blocks, until = rows * (block + 1) / blocks;
        product_at_most<most_rows>(until - from, left + std::size_t(from) * left_stride, left_stride, inner,
                                   right + start, out + std::size_t(from) * out_stride + column + start,
                                   out_stride);
      }
}

void gram(const float* factor, int rows, int stride, float* out) {
  for (int a = 0; a < rows; ++a)
    for (int b = 0; b <= a; ++b) {
      const float *one = factor + std::size_t(a) * stride, *other = factor + std::size_t(b) * stride;
      Vector low = {}, high = {};
      for (int i = 0; i < stride; i += chunk) {
        low += load(one + i) * load(other + i);
        high += load(one + i + lanes) * load(other + i + lanes);
      }
      out[a * rows + b] = out[b * rows + a] = total(low + high);
    }
}

double sweep(float* factor, int rows, int stride, const float* gram, const float* product, int sweeps) {
  const Vector zero = {};
  double violation = 0;
  for (int column = 0; column < stride; column += chunk) {
    float* const columns = factor + column;
    Vector met = {};
    for (int repeat = 0; repeat < sweeps; ++repeat)
      for (int t = 0; t < rows; ++t) {
        const float curvature = gram[t * rows + t];
        if (!(curvature > 0)) continue;  // its partner is zero: nothing depends on it
        const float step = 1 / curvature;
        Vector low = -load(product + std::size_t(t) * stride + column);
        Vector high = -load(product + std::size_t(t) * stride + column + lanes);
        // Even and odd rows apart: the additions of one chain wait for each other.
        Vector low_odd = {}, high_odd = {};
        int r = 0;
        for (; r + 1 < rows; r += 2) {
          const float even = gram[t * rows + r], odd = gram[t * rows + r + 1];
          const float* at = columns + std::size_t(r) * stride;
          low += even * load(at);
          high += even * load(at + lanes);
          low_odd += odd * load(at + stride);
          high_odd += odd * load(at + stride + lanes);
        }
        if (r < rows) {
          low += gram[t * rows + r] * load(columns + std::size_t(r) * stride);
          high += gram[t * rows + r] * load(columns + std::size_t(r) * stride + lanes);
        }
        low += low_odd;
        high += high_odd;

        float* at = columns + std::size_t(t) * stride;
        const Vector old_low = load(at), old_high = load(at + lanes);
        if (repeat == 0) {
          // At the bound only a gradient that points inwards counts.
          const Vector free_low = old_low > zero ? low : (low < zero ? low : zero);
          const Vector free_high = old_high > zero ? high : (high < zero ? high : zero);
          met += free_low < zero ? -free_low : free_low;
          met += free_high < zero ? -free_high : free_high;
        }
        const Vector new_low = old_low - low * step, new_high = old_high - high * step;
        store(at, new_low > zero ? new_low : zero);
        store(at + lanes, new_high > zero ? new_high : zero);
      }
    violation += total(met);
  }
  return violation;
}

}  // namespace

extern const Set set;
const Set set = {TESSERA_KERNEL_NAME, product, gram, sweep};

}  // namespace tessera::factorization::kernels::TESSERA_KERNEL_NAMESPACE
