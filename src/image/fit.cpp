#include "tessera/image/fit.h"

#include <algorithm>
#include <cmath>

#include "image/resample.h"
#include "tessera/base/error.h"

namespace tessera::image {
namespace {

constexpr std::uint8_t mid_grey = 128;

Image resample(const Image& picture, const Axis& horizontal, const Axis& vertical) {
  return resample(horizontal, vertical, [&](int y) { return picture.pixel(0, y); });
}

// What of the source an axis shows: its first position and its extent.
struct Extent {
  double begin;
  double size;
};

Extent shown(const Axis& axis) {
  const double step = axis.size / axis.scaled;
  return {axis.start + axis.offset * step, axis.count * step};
}

// The part of `size` that has the wanted proportion to the other side, in whole pixels and not more than
// there are.
int proportional(int other_size, int wanted, int other_wanted, int size) {
  return std::clamp(int(std::lround(double(other_size) * wanted / other_wanted)), 1, size);
}

// First the largest part of the wanted shape is cut from the middle, in whole pixels, so that the filter sees
// nothing beyond it; then that is scaled; then, for a crop fraction below 1, the middle is cut out.
Fitted center_crop(const Image& picture, const Fit& wanted) {
  const bool is_wide = double(picture.width) * wanted.height >= double(picture.height) * wanted.width;
  const int width =
      is_wide ? proportional(picture.height, wanted.width, wanted.height, picture.width) : picture.width;
  const int height =
      is_wide ? picture.height : proportional(picture.width, wanted.height, wanted.width, picture.height);
  const auto axis = [&](int whole, int size, int count) {
    const double scaled = std::max(double(count), std::round(count / wanted.crop_fraction));
    return Axis{(whole - size) / 2, size, scaled, std::floor((scaled - count) / 2), count};
  };
  const Axis horizontal = axis(picture.width, width, wanted.width);
  const Axis vertical = axis(picture.height, height, wanted.height);
  const Extent x = shown(horizontal), y = shown(vertical);
  return {resample(picture, horizontal, vertical), {x.begin, y.begin, x.size, y.size}};
}

Fitted stretch(const Image& picture, const Fit& wanted) {
  const Axis horizontal{0, picture.width, double(wanted.width), 0, wanted.width};
  const Axis vertical{0, picture.height, double(wanted.height), 0, wanted.height};
  return {resample(picture, horizontal, vertical), {0, 0, double(picture.width), double(picture.height)}};
}

Fitted letterbox(const Image& picture, const Fit& wanted) {
  const bool is_wide = double(picture.width) * wanted.height >= double(picture.height) * wanted.width;
  const int width =
      is_wide ? wanted.width : proportional(wanted.height, picture.width, picture.height, wanted.width);
  const int height =
      is_wide ? proportional(wanted.width, picture.height, picture.width, wanted.height) : wanted.height;
  const Image scaled = stretch(picture, {width, height, FitRule::stretch}).image;

  Image framed(wanted.width, wanted.height);
  std::fill(framed.rgb.begin(), framed.rgb.end(), mid_grey);
  const int left = (wanted.width - width) / 2;
  const int top = (wanted.height - height) / 2;
  for (int y = 0; y < height; ++y)
    std::copy_n(scaled.pixel(0, y), std::size_t(width) * 3, framed.pixel(left, top + y));
  const double x_step = double(picture.width) / width, y_step = double(picture.height) / height;
  return {std::move(framed), {-left * x_step, -top * y_step, wanted.width * x_step, wanted.height * y_step}};
}

}  // namespace

Fitted fit(const Image& picture, const Fit& wanted) {
  if (picture.width < 1 || picture.height < 1) throw Error("the picture has no pixels");
  if (wanted.width < 1 || wanted.height < 1)
    throw Error("a picture cannot be fitted to a size below one pixel");
  if (!(wanted.crop_fraction >= 0.01 && wanted.crop_fraction <= 1))
    throw Error("the crop fraction has to be between 0.01 and 1");
  if (picture.width == wanted.width && picture.height == wanted.height)
    return {picture, {0, 0, double(picture.width), double(picture.height)}};
  switch (wanted.rule) {
    case FitRule::center_crop:
      return center_crop(picture, wanted);
    case FitRule::letterbox:
      return letterbox(picture, wanted);
    case FitRule::stretch:
      break;
  }
  return stretch(picture, wanted);
}

}  // namespace tessera::image
