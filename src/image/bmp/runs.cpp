#include "image/bmp/runs.h"

#include <utility>

#include "image/bmp/rows.h"
#include "image/byte_reader.h"
#include "image/refusals.h"

namespace tessera::image {
namespace {

// The pixels as far as they have been reached. What a run has too much for its row is dropped.
class Canvas {
 public:
  Canvas(std::int64_t width, std::int64_t height)
      : width_(width), height_(height), row_(bmp_row_bytes(width, 8)) {
    reach();
  }

  bool is_full() const { return y_ >= height_ || (y_ == height_ - 1 && x_ >= width_); }

  void put(std::uint32_t color) {
    if (x_ < width_) pixels_[std::size_t(y_) * row_ + std::size_t(x_)] = std::byte(color);
    ++x_;
  }
  void end_row() {
    x_ = 0;
    ++y_;
    reach();
  }
  void move(std::uint32_t right, std::uint32_t rows) {
    x_ += right;
    y_ += rows;
    reach();
  }

  std::vector<std::byte> take() {
    pixels_.resize(std::size_t(height_) * row_);
    return std::move(pixels_);
  }

 private:
  void reach() {
    if (y_ < height_) pixels_.resize(std::size_t(y_ + 1) * row_);
  }

  std::int64_t width_, height_;
  std::size_t row_;
  std::int64_t x_ = 0, y_ = 0;
  std::vector<std::byte> pixels_;
};

}  // namespace

std::vector<std::byte> unpack_runs(const BmpHeader& header, const std::string& where) {
  const bool is_halved = header.compression == BmpHeader::runs_of_4_bits;  // two pixels a byte
  Canvas canvas(header.width, header.height);
  ByteReader reader(header.pixels, where);
  // The pixel `i` of a run whose byte for it is `value`.
  const auto color = [&](std::uint32_t value, std::uint32_t i) {
    return !is_halved ? value : i % 2 == 0 ? value >> 4 : value & 15;
  };
  while (!canvas.is_full()) {
    enum Command : std::uint32_t { end_of_row, end_of_picture, move };
    const std::uint32_t count = reader.u8();
    const std::uint32_t value = reader.u8();
    if (count > 0) {
      for (std::uint32_t i = 0; i < count; ++i) canvas.put(color(value, i));
    } else if (value == end_of_row) {
      canvas.end_row();
    } else if (value == end_of_picture) {
      refuse_as_truncated(Format::bmp, where);
    } else if (value == move) {
      const std::uint32_t right = reader.u8();
      canvas.move(right, reader.u8());
    } else {
      // As many pixels as they are, filled up to an even number of bytes.
      ByteReader pixels(reader.take(is_halved ? (value + 1) / 2 : value), where);
      std::uint32_t two = 0;
      for (std::uint32_t i = 0; i < value; ++i) {
        if (!is_halved || i % 2 == 0) two = pixels.u8();
        canvas.put(color(two, i));
      }
      const bool is_odd = (is_halved ? (value + 1) / 2 : value) % 2 != 0;
      if (is_odd && reader.remaining() > 0) reader.take(1);
    }
  }
  return canvas.take();
}

}  // namespace tessera::image
