// Part of body.h: what is done to pictures and their parameters.

inline float root(float x) { return __builtin_sqrtf(x); }

void adam(float* parameters, float* first, float* second, const float* gradient, std::size_t count,
          const AdamStep& step) {
  const float rate = step.rate * step.first_correction;
  const float correction = step.second_correction;
  const float kept = 1 - step.decay;
  for (Size i = 0; i < count; ++i) {
    const float g = gradient[i];
    const float m = .9f * first[i] + .1f * g;
    const float v = .999f * second[i] + .001f * g * g;
    first[i] = m;
    second[i] = v;
    parameters[i] = parameters[i] * kept - rate * m / (root(v * correction) + 1e-8f);
  }
}

// To 2e-7 of the value.
inline float exponential(float x) {
  x = x < -87.f ? -87.f : (x > 87.f ? 87.f : x);
  const float scaled = x * 1.44269504f;
  const int whole = int(scaled + (scaled < 0 ? -.5f : .5f));
  const float r = (x - float(whole) * .693359375f) + float(whole) * 2.12194440e-4f;
  float y = 1.9875691e-4f;
  y = y * r + 1.3981999e-3f;
  y = y * r + 8.3334519e-3f;
  y = y * r + 4.1665796e-2f;
  y = y * r + 1.6666665e-1f;
  y = y * r + 5.0000001e-1f;
  y = y * r * r + r + 1;
  const int bits = (whole + 127) << 23;
  float power;
  __builtin_memcpy(&power, &bits, sizeof(power));
  return y * power;
}

inline float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

// Lucid's colour matrix over its largest column norm (design: Numbers).
constexpr float norm = .46195238f;
constexpr float mix[3][3] = {{.26f / norm, .09f / norm, .02f / norm},
                             {.27f / norm, 0, -.05f / norm},
                             {.27f / norm, -.09f / norm, .03f / norm}};

void develop(const float* planes, std::size_t pixels, bool alpha, float* straight, float* canvas) {
  const float* a = planes;
  const float* b = planes + pixels;
  const float* c = b + pixels;
  const float* d = c + pixels;
  float* red = straight;
  float* green = straight + pixels;
  float* blue = green + pixels;
  float* opacity = blue + pixels;
  for (Size i = 0; i < pixels; ++i) {
    red[i] = sigmoid(mix[0][0] * a[i] + mix[0][1] * b[i] + mix[0][2] * c[i]);
    green[i] = sigmoid(mix[1][0] * a[i] + mix[1][1] * b[i] + mix[1][2] * c[i]);
    blue[i] = sigmoid(mix[2][0] * a[i] + mix[2][1] * b[i] + mix[2][2] * c[i]);
  }
  if (alpha)
    for (Size i = 0; i < pixels; ++i) opacity[i] = sigmoid(d[i]);
  else
    for (Size i = 0; i < pixels; ++i) opacity[i] = 1;
  for (Size i = 0; i < pixels; ++i) {
    const float share = opacity[i];
    canvas[4 * i] = red[i] * share;
    canvas[4 * i + 1] = green[i] * share;
    canvas[4 * i + 2] = blue[i] * share;
    canvas[4 * i + 3] = share;
  }
}

void undevelop(const float* straight, const float* canvas_gradient, std::size_t pixels, bool alpha,
               float* plane_gradient) {
  const float* red = straight;
  const float* green = straight + pixels;
  const float* blue = green + pixels;
  const float* opacity = blue + pixels;
  float* a = plane_gradient;
  float* b = a + pixels;
  float* c = b + pixels;
  float* d = c + pixels;
  for (Size i = 0; i < pixels; ++i) {
    const float r = red[i], g = green[i], bl = blue[i], share = opacity[i];
    const float gr = canvas_gradient[4 * i], gg = canvas_gradient[4 * i + 1], gb = canvas_gradient[4 * i + 2];
    const float dr = gr * share * r * (1 - r);
    const float dg = gg * share * g * (1 - g);
    const float db = gb * share * bl * (1 - bl);
    a[i] = mix[0][0] * dr + mix[1][0] * dg + mix[2][0] * db;
    b[i] = mix[0][1] * dr + mix[1][1] * dg + mix[2][1] * db;
    c[i] = mix[0][2] * dr + mix[1][2] * dg + mix[2][2] * db;
  }
  if (!alpha) return;
  for (Size i = 0; i < pixels; ++i) {
    const float whole = canvas_gradient[4 * i] * red[i] + canvas_gradient[4 * i + 1] * green[i] +
                        canvas_gradient[4 * i + 2] * blue[i] + canvas_gradient[4 * i + 3];
    d[i] = whole * opacity[i] * (1 - opacity[i]);
  }
}

// The four pixels around a place, and how much each counts; what is outside counts nothing.
struct Taps {
  int at[4];
  float weight[4];
};

inline bool find_taps(float x, float y, int size, Taps& taps) {
  // Also false where a coordinate is no number.
  if (!(x > -1 && y > -1 && x < float(size) && y < float(size))) return false;
  int column = int(x + 1) - 1;  // rounds down
  int row = int(y + 1) - 1;
  // x + 1 may be rounded up to the next whole number, which would lie outside.
  if (column >= size) column = size - 1;
  if (row >= size) row = size - 1;
  const float right = x - float(column);
  const float below = y - float(row);
  taps.weight[0] = (1 - right) * (1 - below);
  taps.weight[1] = right * (1 - below);
  taps.weight[2] = (1 - right) * below;
  taps.weight[3] = right * below;
  if (column < 0) {
    taps.weight[0] = taps.weight[2] = 0;
  }
  if (row < 0) {
    taps.weight[0] = taps.weight[1] = 0;
  }
  if (column + 1 >= size) taps.weight[1] = taps.weight[3] = 0;
  if (row + 1 >= size) taps.weight[2] = taps.weight[3] = 0;
  const int column0 = column < 0 ? 0 : column;
  const int column1 = column + 1 >= size ? size - 1 : column + 1;
  const int row0 = row < 0 ? 0 : row;
  const int row1 = row + 1 >= size ? size - 1 : row + 1;
  taps.at[0] = 4 * (row0 * size + column0);
  taps.at[1] = 4 * (row0 * size + column1);
  taps.at[2] = 4 * (row1 * size + column0);
  taps.at[3] = 4 * (row1 * size + column1);
  return true;
}

void warp(const float* canvas, int size, const Affine& map, int width, int height, float* out) {
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column, out += 4) {
      const float x = map.xx * float(column) + map.xy * float(row) + map.x0;
      const float y = map.yx * float(column) + map.yy * float(row) + map.y0;
      Taps taps;
      if (!find_taps(x, y, size, taps)) {
        store(out, Pixel{});
        continue;
      }
      store(out, taps.weight[0] * load<Pixel>(canvas + taps.at[0]) +
                     taps.weight[1] * load<Pixel>(canvas + taps.at[1]) +
                     taps.weight[2] * load<Pixel>(canvas + taps.at[2]) +
                     taps.weight[3] * load<Pixel>(canvas + taps.at[3]));
    }
}

void unwarp(const float* gradient, int size, const Affine& map, int width, int height,
            float* canvas_gradient) {
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column, gradient += 4) {
      const float x = map.xx * float(column) + map.xy * float(row) + map.x0;
      const float y = map.yx * float(column) + map.yy * float(row) + map.y0;
      Taps taps;
      if (!find_taps(x, y, size, taps)) continue;
      const Pixel g = load<Pixel>(gradient);
      for (int i = 0; i < 4; ++i) {
        float* to = canvas_gradient + taps.at[i];
        store(to, load<Pixel>(to) + taps.weight[i] * g);
      }
    }
}

void mask(const float* values, float* gradient, std::size_t count, float low, float high) {
  for (Size i = 0; i < count; ++i) gradient[i] = values[i] > low && values[i] < high ? gradient[i] : 0;
}

void redirect(const float* inputs, float* gradient, std::size_t count, float limit) {
  int passes = 0;
  for (Size i = 0; i < count; ++i)
    passes |= int(inputs[i] > 0) & int(inputs[i] <= limit) & int(gradient[i] != 0);
  if (passes) {
    for (Size i = 0; i < count; ++i) gradient[i] = inputs[i] > 0 && inputs[i] <= limit ? gradient[i] : 0;
    return;
  }
  for (Size i = 0; i < count; ++i) {
    const bool stopped = (inputs[i] < 0 && gradient[i] > 0) || (inputs[i] > limit && gradient[i] < 0);
    gradient[i] = stopped ? 0 : gradient[i];
  }
}
