// Part of body.h: convolutions of each channel by itself.

// Channels [first, first + Count·width of T) of one row of outputs. Every output sums its window's inputs.
template <class T>
void depthwise_row(const Depthwise& of, const float* in, float* out, int row, int channel) {
  const int channels = of.channels;
  const int top = row * of.stride - of.top;
  const int first_down = top < 0 ? -top : 0;
  const int last_down = top + of.kernel > of.height ? of.height - top : of.kernel;
  const float* weights = of.weights + channel;
  const T bias = of.bias ? load<T>(of.bias + channel) : T{};
  const bool clamps = of.low < of.high;
  const T low = of.low - T{};
  const T high = of.high - T{};
  float* to = out + Size(row) * Size(of.out_width) * Size(channels) + channel;
  // Columns whose windows are inside, several at a time: their sums are independent of each other.
  const int first_inner = (of.left + of.stride - 1) / of.stride;
  int last_inner = (of.width - of.kernel + of.left) / of.stride + 1;
  if (of.width - of.kernel + of.left < 0) last_inner = 0;
  if (last_inner > of.out_width) last_inner = of.out_width;
  int column = 0;
  const auto finish = [&](T sum, int at) {
    if (clamps) {
      sum = sum > low ? sum : low;
      sum = sum < high ? sum : high;
    }
    store(to + Size(at) * Size(channels), sum);
  };
  const auto single = [&](int at) {
    const int left = at * of.stride - of.left;
    T sum = bias;
    for (int down = first_down; down < last_down; ++down) {
      const float* from = in + (Size(top + down) * Size(of.width)) * Size(channels) + channel;
      for (int right = 0; right < of.kernel; ++right) {
        const int x = left + right;
        if (x < 0 || x >= of.width) continue;
        sum += load<T>(weights + Size(down * of.kernel + right) * Size(channels)) *
               load<T>(from + Size(x) * Size(channels));
      }
    }
    finish(sum, at);
  };
  for (; column < first_inner && column < of.out_width; ++column) single(column);
  constexpr int together = 4;
  const Size step = Size(of.stride) * Size(channels);
  for (; column + together <= last_inner; column += together) {
    const int left = column * of.stride - of.left;
    T sum[together] = {bias, bias, bias, bias};
    for (int down = first_down; down < last_down; ++down) {
      const float* from =
          in + (Size(top + down) * Size(of.width) + Size(left)) * Size(channels) + Size(channel);
      for (int right = 0; right < of.kernel; ++right) {
        const T weight = load<T>(weights + Size(down * of.kernel + right) * Size(channels));
        const float* at = from + Size(right) * Size(channels);
        for (int i = 0; i < together; ++i) sum[i] += weight * load<T>(at + Size(i) * step);
      }
    }
    for (int i = 0; i < together; ++i) finish(sum[i], column + i);
  }
  for (; column < of.out_width; ++column) single(column);
}

void depthwise(const Depthwise& of, const float* in, float* out, int first_row, int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    int channel = 0;
    for (; channel + lanes <= of.channels; channel += lanes) depthwise_row<Vector>(of, in, out, row, channel);
    for (; channel + 4 <= of.channels; channel += 4) depthwise_row<Pixel>(of, in, out, row, channel);
    typedef float One __attribute__((vector_size(sizeof(float))));
    for (; channel < of.channels; ++channel) depthwise_row<One>(of, in, out, row, channel);
  }
}

// One row of the input's gradient: every input sums the outputs that it took part in. Columns whose distance
// is the stride meet the same weights, so that several of them go together.
template <class T>
void undepthwise_row(const Depthwise& of, const float* gradient, float* in_gradient, int row, int channel) {
  const Size channels = Size(of.channels);
  const float* weights = of.weights + channel;
  float* to = in_gradient + Size(row) * Size(of.width) * channels + channel;
  // row = out_row·stride - top + down, and the same for columns.
  const int first_down = (row + of.top) % of.stride;
  constexpr int together = 4;
  for (int phase = 0; phase < of.stride; ++phase) {
    const int first_right = (phase + of.left) % of.stride;
    const int shift = (phase + of.left - first_right) / of.stride;  // of the first; one less for each further
    const int most_back = shift - (of.kernel - 1 - first_right) / of.stride;
    const int count = (of.width - phase + of.stride - 1) / of.stride;
    const auto sum_up = [&](int i, auto size) {
      constexpr int columns = decltype(size)::value;
      T sum[columns] = {};
      for (int down = first_down; down < of.kernel; down += of.stride) {
        const int out_row = (row + of.top - down) / of.stride;
        if (row + of.top - down < 0) break;
        if (out_row >= of.out_height) continue;
        const float* from = gradient + Size(out_row) * Size(of.out_width) * channels + channel;
        int out_column = i + shift;
        for (int right = first_right; right < of.kernel; right += of.stride, --out_column) {
          if constexpr (columns == 1)
            if (out_column < 0 || out_column >= of.out_width) continue;
          const T weight = load<T>(weights + Size(down * of.kernel + right) * channels);
          const float* at = from + Size(out_column) * channels;
          for (int j = 0; j < columns; ++j) sum[j] += weight * load<T>(at + Size(j) * channels);
        }
      }
      for (int j = 0; j < columns; ++j) store(to + Size(phase + (i + j) * of.stride) * channels, sum[j]);
    };
    int i = 0;
    while (i < count) {
      const bool inside =
          i + most_back >= 0 && i + together - 1 + shift < of.out_width && i + together <= count;
      if (inside) {
        sum_up(i, Count<together>{});
        i += together;
      } else {
        sum_up(i++, Count<1>{});
      }
    }
  }
}

void undepthwise(const Depthwise& of, const float* gradient, float* in_gradient, int first_row,
                 int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    int channel = 0;
    for (; channel + lanes <= of.channels; channel += lanes)
      undepthwise_row<Vector>(of, gradient, in_gradient, row, channel);
    for (; channel + 4 <= of.channels; channel += 4)
      undepthwise_row<Pixel>(of, gradient, in_gradient, row, channel);
    typedef float One __attribute__((vector_size(sizeof(float))));
    for (; channel < of.channels; ++channel) undepthwise_row<One>(of, gradient, in_gradient, row, channel);
  }
}
