#pragma once

#include <cstddef>
#include <vector>

// The inner loops of icons, one set for each kind of processor.
namespace tessera::featurevis::kernels {

// Where a pixel of the network's input lies in the picture, in pixels from the centre of the first one:
// x = xx·column + xy·row + x0, y = yx·column + yy·row + y0.
struct Affine {
  float xx = 1, xy = 0, x0 = 0;
  float yx = 0, yy = 1, y0 = 0;
};

// Adam (Kingma and Ba 2015), betas .9 and .999, epsilon 1e-8. Corrections: 1 / (1 - beta^step). `decay`: the
// share that each parameter loses, whatever its gradient (Loshchilov and Hutter 2019).
struct AdamStep {
  float rate = 0;
  float decay = 0;
  float first_correction = 1;
  float second_correction = 1;
};

// A straight convolution of each channel by itself. Rows of pixels, channels last.
struct Depthwise {
  int height = 0, width = 0, channels = 0;  // of the input
  int out_height = 0, out_width = 0;
  int kernel = 3;
  int stride = 1;
  int top = 0, left = 0;           // zeros that are added before the first row and column
  const float* weights = nullptr;  // kernel · kernel · channels
  const float* bias = nullptr;     // channels, or null
  float low = 0, high = 0;         // where low < high, the output is clamped to them
};

// out (rows × columns) = in (rows × inner) · weights + bias, clamped where low < high.
struct Pointwise {
  int inner = 0, columns = 0;
  const float* weights = nullptr;  // packed: pack_pointwise
  const float* bias = nullptr;     // columns padded to `panel`, or null
  float low = 0, high = 0;
};
inline constexpr int panel = 16;
inline constexpr int padded(int length) { return (length + panel - 1) / panel * panel; }

struct Set {
  const char* name;

  void (*adam)(float* parameters, float* first, float* second, const float* gradient, std::size_t count,
               const AdamStep& step);

  // planes: red, green, blue before decorrelation and the sigmoid, and opacity where `alpha`; straight: the
  // same after, four planes of them (opacity 1 without alpha). canvas: [pixel][red, green, blue, opacity],
  // colours times opacity.
  void (*develop)(const float* planes, std::size_t pixels, bool alpha, float* straight, float* canvas);
  // Its adjoint at `straight`.
  void (*undevelop)(const float* straight, const float* canvas_gradient, std::size_t pixels, bool alpha,
                    float* plane_gradient);

  // Bilinear, zero outside. out: [height · width][4].
  void (*warp)(const float* canvas, int size, const Affine& map, int width, int height, float* out);
  // Its adjoint: adds to canvas_gradient.
  void (*unwarp)(const float* gradient, int size, const Affine& map, int width, int height,
                 float* canvas_gradient);

  void (*depthwise)(const Depthwise& of, const float* in, float* out, int first_row, int last_row);
  // The adjoint of its linear part (bias and clamping aside), by `out` rows of the *input*.
  void (*undepthwise)(const Depthwise& of, const float* gradient, float* in_gradient, int first_row,
                      int last_row);

  void (*pointwise)(const Pointwise& of, const float* in, int rows, float* out);

  // gradient *= (low < value) (value < high), for a rectifier's outputs.
  void (*mask)(const float* values, float* gradient, std::size_t count, float low, float high);

  // A rectifier's gradient of one element of a batch, by its inputs: the normal rule, or where that leaves
  // nothing the redirected one (rectifier.h).
  void (*redirect)(const float* inputs, float* gradient, std::size_t count, float limit);
};

// The sets that this processor can run, the fastest first; the last is the plain one.
std::vector<Set> available();

// The fastest of them.
const Set& best();

// weights: columns × inner, as a convolution's; the result is what Pointwise::weights points to.
std::vector<float> pack_pointwise(const float* weights, int columns, int inner);

}  // namespace tessera::featurevis::kernels
