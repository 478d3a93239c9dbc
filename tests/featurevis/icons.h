#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "tessera/featurevis/icon_pack.h"
#include "tessera/featurevis/icon_store.h"

namespace tessera::test {

inline const featurevis::Network network{"0123456789abcdef0123456789abcdef", ""};

// Smooth colours that differ from one `number` to the next.
inline featurevis::Icon icon_of(int number, int size = 32) {
  featurevis::Icon icon;
  icon.picture = Image(size, size);
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) {
      std::uint8_t* pixel = icon.picture.pixel(x, y);
      pixel[0] = std::uint8_t(x * 200 / size + number % 50);
      pixel[1] = std::uint8_t(y * 200 / size + number / 50 % 50);
      pixel[2] = std::uint8_t(128 + number % 7);
    }
  icon.quality = {256, true, 1.5f + float(number), 2.25f, 2.5f, featurevis::Failure::weak, 2};
  return icon;
}

inline featurevis::Recipe recipe_of(int size = 32) {
  featurevis::Recipe recipe;
  recipe.size = size;
  return recipe;
}

inline featurevis::IconFacts facts_of_channel(int channel, int size = 32) {
  return facts_of(network, {"blocks.5", featurevis::Channel{channel}, false}, recipe_of(size), "float32");
}

inline std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void overwrite(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace tessera::test
