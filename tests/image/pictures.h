#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/paths.h"
#include "tessera/base/error.h"
#include "tessera/image/load.h"

namespace tessera::test {

inline std::filesystem::path picture_file(const std::string& name) { return data("image/" + name); }
inline Image picture(const std::string& name) { return image::load(picture_file(name)); }

// The pictures in a folder, as `picture_file` takes them, in order. An extension may be left out.
inline std::vector<std::string> pictures_in(const std::string& folder, const std::string& extension = "") {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(picture_file(folder)))
    if (extension.empty() || entry.path().extension() == extension)
      names.push_back(folder + "/" + entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// The largest difference of two samples, of 255; 256 where the sizes differ.
inline int largest_difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height) return 256;
  int largest = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i)
    largest = std::max(largest, std::abs(int(a.rgb[i]) - int(b.rgb[i])));
  return largest;
}

// What loading says when it refuses; empty where it does not.
inline std::string refusal(const std::filesystem::path& file, const image::LoadLimits& limits = {}) {
  try {
    image::load(file, limits);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path written(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

}  // namespace tessera::test
