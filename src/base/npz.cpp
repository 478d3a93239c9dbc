#include "tessera/base/npz.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::npz {
namespace {

constexpr std::string_view suffix = ".npy";
constexpr zip_int64_t most_entries = 10'000;

class ZipError {
 public:
  ZipError() { zip_error_init(&error_); }
  ~ZipError() { zip_error_fini(&error_); }
  ZipError(const ZipError&) = delete;
  ZipError& operator=(const ZipError&) = delete;

  zip_error_t* get() { return &error_; }
  std::string text() { return zip_error_strerror(&error_); }

 private:
  zip_error_t error_;
};

using Source = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;
using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : file_(file) {
    if (!std::filesystem::exists(file)) throw Error("there is no such file", file.string());
    if (!std::filesystem::is_regular_file(file)) throw Error("this is not a file", file.string());
    int problem = 0;
    // Consistent: the directory says what the entries say, and no name is there twice.
    archive_.reset(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem));
    if (!archive_) throw Error("this is not a sound NumPy .npz file", file.string());
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count > most_entries)
      throw Error("the archive has more than " + std::to_string(most_entries) + " arrays", file.string());
    for (zip_int64_t i = 0; i < count; ++i) {
      const std::string stored = stat(std::size_t(i)).name;
      if (!stored.ends_with(suffix))
        throw Error("the archive holds \"" + stored + "\", which is not a NumPy array", file.string());
      names_.push_back(stored.substr(0, stored.size() - suffix.size()));
    }
  }

  const std::vector<std::string>& names() const { return names_; }

  std::size_t index_of(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return std::size_t(found - names_.begin());
    std::string present;
    for (const std::string& other : names_) present += (present.empty() ? "" : ", ") + other;
    throw Error("the archive has no array named \"" + name + "\"", file_.string(), "It holds: " + present);
  }

  npy::Array read(std::size_t index, std::size_t most_values) const {
    constexpr std::size_t largest_item = 8, longest_header = std::size_t(1) << 20;
    const std::string where = file_.string() + ": " + names_[index];
    const zip_stat_t facts = stat(index);
    if (facts.encryption_method != ZIP_EM_NONE) throw Error("the array is encrypted", where);
    if (facts.size > longest_header && (facts.size - longest_header) / largest_item > most_values)
      throw Error("the array has more than " + std::to_string(most_values) + " values", where);

    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> entry(zip_fopen_index(archive_.get(), index, 0),
                                                                   &zip_fclose);
    if (!entry) throw Error("the array cannot be unpacked", where);
    // Grown as bytes arrive, for the size that the archive declares may be a lie.
    std::vector<std::byte> bytes;
    constexpr std::size_t step = std::size_t(4) << 20;
    while (true) {
      const std::size_t filled = bytes.size();
      bytes.resize(std::min<std::size_t>(filled + step, facts.size + 1));
      const zip_int64_t count = zip_fread(entry.get(), bytes.data() + filled, bytes.size() - filled);
      if (count < 0) throw Error("the array is damaged", where);
      bytes.resize(filled + std::size_t(count));
      if (bytes.size() > facts.size) throw Error("the array is longer than the archive says", where);
      if (count == 0) break;
    }
    if (bytes.size() != facts.size) throw Error("the array is shorter than the archive says", where);
    return npy::parse(bytes, where, most_values);
  }

 private:
  zip_stat_t stat(std::size_t index) const {
    constexpr zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t facts{};
    if (zip_stat_index(archive_.get(), index, 0, &facts) != 0 || (facts.valid & wanted) != wanted)
      throw Error("the archive is damaged", file_.string());
    return facts;
  }

  std::filesystem::path file_;
  Archive archive_{nullptr, &zip_discard};
  std::vector<std::string> names_;
};

// `bytes` must live until the archive is closed.
void add(zip_t* archive, const std::string& name, const std::string& bytes, const std::string& where) {
  zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
  const zip_int64_t index =
      source ? zip_file_add(archive, (name + std::string(suffix)).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    zip_source_free(source);
    throw Error("the array \"" + name + "\" cannot be stored (" + zip_strerror(archive) + ")", where);
  }
  constexpr zip_uint16_t midnight = 0, first_of_january_1980 = 1 << 5 | 1;  // the earliest date of a zip
  zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0);
  zip_file_set_dostime(archive, zip_uint64_t(index), midnight, first_of_january_1980, 0);
}

std::vector<std::byte> content(zip_source_t* source, const std::string& where) {
  zip_stat_t facts{};
  if (zip_source_stat(source, &facts) != 0 || zip_source_open(source) != 0)
    throw Error("the archive could not be made", where);
  std::vector<std::byte> bytes(facts.size);
  const zip_int64_t count = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (std::cmp_not_equal(count, bytes.size())) throw Error("the archive could not be made", where);
  return bytes;
}

}  // namespace

void save(const std::filesystem::path& file, const Arrays& arrays) {
  const std::string where = file.string();
  std::map<std::string, std::string> encoded;
  for (const auto& [name, array] : arrays) encoded[name] = npy::encode(array.shape, array.values);

  ZipError problem;
  const Source source(zip_source_buffer_create(nullptr, 0, 0, problem.get()), &zip_source_free);
  if (!source) throw Error("the archive could not be made (" + problem.text() + ")", where);
  Archive archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, problem.get()), &zip_discard);
  if (!archive) throw Error("the archive could not be made (" + problem.text() + ")", where);
  zip_source_keep(source.get());  // the archive frees its own share when it is closed or discarded
  for (const auto& [name, bytes] : encoded) add(archive.get(), name, bytes, where);
  if (zip_close(archive.get()) != 0)
    throw Error(std::string("the archive could not be made (") + zip_strerror(archive.get()) + ")", where);
  (void)archive.release();  // zip_close has freed it
  write_file_atomically(file, content(source.get(), where));
}

std::vector<std::string> names(const std::filesystem::path& file) { return Reader(file).names(); }

npy::Array load(const std::filesystem::path& file, const std::string& name, std::size_t most_values) {
  const Reader reader(file);
  return reader.read(reader.index_of(name), most_values);
}

Arrays load(const std::filesystem::path& file, std::size_t most_values) {
  const Reader reader(file);
  Arrays arrays;
  std::size_t left = most_values;
  for (std::size_t i = 0; i < reader.names().size(); ++i) {
    npy::Array array = reader.read(i, left);
    left -= array.values.size();
    arrays.emplace(reader.names()[i], std::move(array));
  }
  return arrays;
}

}  // namespace tessera::npz
