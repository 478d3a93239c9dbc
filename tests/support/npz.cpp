#include "support/npz.h"

#include "tessera/base/npz.h"

namespace tessera::test {

std::map<std::string, npy::Array> load_npz(const std::filesystem::path& file) { return npz::load(file); }

}  // namespace tessera::test
