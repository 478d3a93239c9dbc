#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tessera::session {

// Where icons come from and go to.
struct IconOptions {
  std::vector<std::filesystem::path> pack_folders;       // looked through for *.pack, folders within them too
  std::filesystem::path store_folder;                    // empty: finished icons are kept in memory only
  std::uintmax_t store_limit = std::uintmax_t(2) << 30;  // bytes
  // Pictures whose largest values say what natural ones reach.
  std::vector<std::filesystem::path> natural_pictures;
  // How often a failed icon is tried altogether: the second time with another seed, from the third on with
  // twice the steps as well. The best is kept.
  int attempts = 2;
  // Called once for each thing that is amiss with packs or store, on a lane's thread; may be empty.
  std::function<void(const std::string& sentence)> warn;
};

}  // namespace tessera::session
