#include "support/npz.h"

#include <zip.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace tessera::test {

std::map<std::string, npy::Array> load_npz(const std::filesystem::path& file) {
  const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(zip_open(file.c_str(), ZIP_RDONLY, nullptr), &zip_discard);
  if (!archive) throw std::runtime_error("cannot open " + file.string());
  std::map<std::string, npy::Array> arrays;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive.get(), 0); ++i) {
    zip_stat_t stat{};
    zip_stat_index(archive.get(), zip_uint64_t(i), 0, &stat);
    std::vector<std::byte> bytes(stat.size);
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> entry(zip_fopen_index(archive.get(), zip_uint64_t(i), 0),
                                                                   &zip_fclose);
    if (!entry || zip_fread(entry.get(), bytes.data(), bytes.size()) != zip_int64_t(bytes.size()))
      throw std::runtime_error("cannot read " + std::string(stat.name));
    std::string name = stat.name;
    if (name.ends_with(".npy")) name.resize(name.size() - 4);
    arrays[name] = npy::parse(bytes, file.string() + ":" + name);
  }
  return arrays;
}

}  // namespace tessera::test
