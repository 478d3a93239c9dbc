#pragma once

#include <string>

namespace tessera::model {

// The LibTorch that runs the models, for people.
struct LibTorch {
  std::string version;  // "2.13.0"
  std::string kernels;  // what it chose its own inner loops for, in its words: "AVX2", "AVX512", "DEFAULT"
};

LibTorch libtorch();

}  // namespace tessera::model
