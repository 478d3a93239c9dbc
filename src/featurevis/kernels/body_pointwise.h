// Part of body.h: convolutions of one pixel, which are products of matrices.

constexpr int parts = panel / lanes;  // registers that hold a panel's columns

// Rows × one panel, kept in registers.
template <int Rows>
inline void pointwise_tile(const Pointwise& of, const float* in, const float* weights, int column,
                           float* out) {
  Vector sum[Rows][parts];
  for (int p = 0; p < parts; ++p) {
    const Vector bias = of.bias ? load<Vector>(of.bias + column + p * lanes) : Vector{};
    for (int r = 0; r < Rows; ++r) sum[r][p] = bias;
  }
  for (int i = 0; i < of.inner; ++i) {
    Vector weight[parts];
    for (int p = 0; p < parts; ++p) weight[p] = load<Vector>(weights + Size(i) * panel + Size(p * lanes));
    for (int r = 0; r < Rows; ++r) {
      const Vector value = in[Size(r) * Size(of.inner) + Size(i)] - Vector{};
      for (int p = 0; p < parts; ++p) sum[r][p] += value * weight[p];
    }
  }
  const bool clamps = of.low < of.high;
  const int width = of.columns - column;
  for (int r = 0; r < Rows; ++r) {
    if (clamps)
      for (int p = 0; p < parts; ++p) sum[r][p] = clamped(sum[r][p], of.low, of.high);
    float* to = out + Size(r) * Size(of.columns) + column;
    if (width >= panel) {
      for (int p = 0; p < parts; ++p) store(to + p * lanes, sum[r][p]);
    } else {
      float whole[panel];
      for (int p = 0; p < parts; ++p) store(whole + p * lanes, sum[r][p]);
      for (int i = 0; i < width; ++i) to[i] = whole[i];
    }
  }
}

void pointwise(const Pointwise& of, const float* in, int rows, float* out) {
  constexpr int together = lanes == 4 ? 3 : (lanes == 8 ? 6 : 12);
  // Rows of the input that stay in the cache while every panel of weights passes over them.
  constexpr int block = 48;
  for (int first = 0; first < rows; first += block) {
    const int last = first + block < rows ? first + block : rows;
    for (int column = 0; column < of.columns; column += panel) {
      const float* weights = of.weights + Size(column) * Size(of.inner);
      int row = first;
      const auto tile = [&](auto count) {
        constexpr int size = decltype(count)::value;
        pointwise_tile<size>(of, in + Size(row) * Size(of.inner), weights, column,
                             out + Size(row) * Size(of.columns));
        row += size;
      };
      while (row + together <= last) tile(Count<together>{});
      while (row + 3 <= last) tile(Count<3>{});
      while (row < last) tile(Count<1>{});
    }
  }
}
