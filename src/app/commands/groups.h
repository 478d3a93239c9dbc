#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/options.h"
#include "tessera/factorization/factorize.h"
#include "tessera/factorization/objective.h"

namespace tessera::app {

// What was asked of `tessera groups`.
struct GroupsArguments {
  std::string image;  // or `cube`
  std::string layer;
  std::string to;  // a class; empty: the likeliest
  std::string cube;
  std::string array;
  std::string objective = "activations";
  factorization::Method method = factorization::Method::nmf;
  int k = 6;
  std::uint64_t seed = 0;
  int steps = 20;
  bool clip_negative = false;
  bool curve = false;
  bool json = false;
  std::filesystem::path output;

  bool writes(const char* extension) const { return output.extension() == extension; }
};

int groups_of_cube(const GroupsArguments& arguments);
int groups_of_image(const GroupsArguments& arguments, const Options& options);

}  // namespace tessera::app
