#include "model/zip_check.h"

#include <unistd.h>
#include <zip.h>

#include <memory>
#include <vector>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Weights are stored as they are and source code shrinks tenfold: what grows a hundredfold is meant to hurt.
constexpr std::uint64_t largest_expansion = 100;
constexpr std::uint64_t expansion_matters_from = 1 << 20;
constexpr zip_int64_t most_entries = 1'000'000;

Error damaged(const std::filesystem::path& file, const std::string& entry = {}) {
  return Error("the archive is truncated or damaged" + (entry.empty() ? "" : " at " + entry), file.string(),
               "Copy or download it again");
}

using OpenZip = std::unique_ptr<zip_t, decltype(&zip_discard)>;

OpenZip open_zip(std::FILE* stream, const std::filesystem::path& file) {
  // libzip closes what it is given.
  std::FILE* own = ::fdopen(::dup(::fileno(stream)), "rb");
  if (!own) throw Error("the file cannot be read", file.string());
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_filep_create(own, 0, -1, &error);
  if (!source) {
    std::fclose(own);
    throw Error("the file cannot be read", file.string());
  }
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (!archive) {
    zip_source_free(source);
    throw damaged(file);
  }
  return {archive, &zip_discard};
}

// Reading to the end is what makes libzip compare the checksum.
bool is_sound(zip_t* archive, zip_uint64_t index, std::uint64_t size, std::vector<char>& buffer) {
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> entry(zip_fopen_index(archive, index, 0),
                                                                 &zip_fclose);
  if (!entry) return false;
  std::uint64_t total = 0;
  while (true) {
    const zip_int64_t count = zip_fread(entry.get(), buffer.data(), buffer.size());
    if (count < 0) return false;
    if (count == 0) return total == size;
    total += std::uint64_t(count);
    if (total > size) return false;
  }
}

}  // namespace

std::map<std::string, std::uint64_t> check_zip(std::FILE* stream, const std::filesystem::path& file) {
  const OpenZip archive = open_zip(stream, file);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count < 0 || count > most_entries) throw damaged(file);
  std::map<std::string, std::uint64_t> entries;
  std::vector<char> buffer(1 << 18);
  for (zip_uint64_t i = 0; i < zip_uint64_t(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(archive.get(), i, 0, &stat) != 0 || (stat.valid & needed) != needed)
      throw damaged(file);
    const std::string name = stat.name;
    if (stat.size > expansion_matters_from && stat.size / largest_expansion > stat.comp_size)
      throw Error("the archive's record " + name + " would unpack to far more than the file holds",
                  file.string());
    if (!entries.emplace(name, stat.size).second) throw damaged(file, name + ", which it holds twice");
    if (!is_sound(archive.get(), i, stat.size, buffer)) throw damaged(file, name);
  }
  return entries;
}

}  // namespace tessera::model
