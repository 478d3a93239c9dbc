#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>

namespace tessera::factorization {

// Floats at an address that is a multiple of 64, so that a register's load never straddles two cache lines.
// Not initialized: most are overwritten at once, and clearing them first would take as long again.
class AlignedFloats {
 public:
  AlignedFloats() = default;
  explicit AlignedFloats(std::size_t count)
      : count_((count + 15) / 16), lines_(std::make_unique_for_overwrite<Line[]>(count_)) {}

  AlignedFloats(const AlignedFloats& other) : AlignedFloats(16 * other.count_) { copy(other); }
  AlignedFloats& operator=(const AlignedFloats& other) {
    if (!lines_ || count_ != other.count_) *this = AlignedFloats(16 * other.count_);
    copy(other);
    return *this;
  }
  AlignedFloats(AlignedFloats&&) noexcept = default;
  AlignedFloats& operator=(AlignedFloats&&) noexcept = default;

  float* data() { return lines_ ? lines_[0].values : nullptr; }
  const float* data() const { return lines_ ? lines_[0].values : nullptr; }

 private:
  struct alignas(64) Line {
    float values[16];
  };

  void copy(const AlignedFloats& other) { std::copy_n(other.lines_.get(), count_, lines_.get()); }

  std::size_t count_ = 0;
  std::unique_ptr<Line[]> lines_;
};

}  // namespace tessera::factorization
