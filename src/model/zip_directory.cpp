#include "model/zip_directory.h"

#include <unistd.h>
#include <zip.h>

#include <memory>
#include <unordered_set>

#include "model/damage.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Weights are stored as they are and source code shrinks tenfold: what grows a hundredfold is meant to hurt.
constexpr std::uint64_t largest_expansion = 100;
constexpr std::uint64_t expansion_matters_from = 1 << 20;
constexpr zip_int64_t most_entries = 1'000'000;

using ZipFile = std::unique_ptr<zip_t, decltype(&zip_discard)>;

ZipFile open_zip(const OpenFile& file) {
  const std::string where = file.path().string();
  // libzip closes what it is given.
  std::FILE* own = ::fdopen(::dup(file.descriptor()), "rb");
  if (!own) throw Error("the file cannot be read", where);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_filep_create(own, 0, -1, &error);
  if (!source) {
    std::fclose(own);
    throw Error("the file cannot be read", where);
  }
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (!archive) {
    zip_source_free(source);
    throw damage(file.path());
  }
  return {archive, &zip_discard};
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(const OpenFile& file) {
  const ZipFile archive = open_zip(file);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count < 0 || count > most_entries) throw damage(file.path());
  std::vector<ZipEntry> entries;
  std::unordered_set<std::string> names;
  for (zip_uint64_t i = 0; i < zip_uint64_t(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC |
                                    ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive.get(), i, 0, &stat) != 0 || (stat.valid & needed) != needed)
      throw damage(file.path());
    const std::string name = stat.name;
    if (stat.size > expansion_matters_from && stat.size / largest_expansion > stat.comp_size)
      throw Error("the archive's record " + name + " would unpack to far more than the file holds",
                  file.path().string());
    if (!names.insert(name).second) throw damage(file.path(), name + ", which it holds twice");
    const bool is_stored = stat.comp_method == ZIP_CM_STORE;
    if (stat.encryption_method != ZIP_EM_NONE || (is_stored && stat.size != stat.comp_size))
      throw damage(file.path(), name);
    entries.push_back({name, stat.size, stat.crc, is_stored});
  }
  return entries;
}

}  // namespace tessera::model
