#include "model/archive_records.h"

#include <zlib.h>

#include <algorithm>
#include <span>
#include <utility>

#include "model/damage.h"
#include "model/pieces.h"

namespace tessera::model {
namespace {

constexpr std::size_t checksum_piece = std::size_t(1) << 20;
constexpr std::uint64_t checked_between_reports = std::uint64_t(32) << 20;
// What torch aligns its own allocations to.
constexpr std::size_t tensor_alignment = 64;

std::uint32_t checksum_of(std::span<const std::byte> content) {
  const auto of = [&](std::size_t begin, std::size_t end) {
    return ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data() + begin), end - begin);
  };
  if (content.size() <= checksum_piece) return std::uint32_t(of(0, content.size()));
  std::vector<uLong> sums((content.size() + checksum_piece - 1) / checksum_piece);
  in_pieces(content.size(), checksum_piece,
            [&](std::size_t begin, std::size_t end) { sums[begin / checksum_piece] = of(begin, end); });
  uLong sum = sums[0];
  for (std::size_t i = 1; i < sums.size(); ++i)
    sum =
        ::crc32_combine(sum, sums[i], z_off_t(std::min(checksum_piece, content.size() - i * checksum_piece)));
  return std::uint32_t(sum);
}

class RecordCheck {
 public:
  RecordCheck(caffe2::serialize::PyTorchStreamReader& reader, const FileBytes& bytes)
      : reader_(reader), bytes_(bytes.all()) {}

  bool is_sound(const std::string& name, ArchiveRecord& record) {
    const ZipEntry& entry = record.entry;
    if (entry.size == 0) return entry.checksum == 0;
    try {
      if (entry.is_stored) {
        const std::size_t place = reader_.getRecordOffset(name);
        if (place > bytes_.size() || entry.size > bytes_.size() - place) return false;
        if (place % tensor_alignment == 0) record.place = place;
        if (record.place) return checksum_of(bytes_.subspan(place, entry.size)) == entry.checksum;
      }
      const auto [content, size] = reader_.getRecord(name);
      return size == entry.size &&
             checksum_of({static_cast<const std::byte*>(content.get()), size}) == entry.checksum;
    } catch (const std::exception&) {  // LibTorch does not find or unpack it
      return false;
    }
  }

 private:
  caffe2::serialize::PyTorchStreamReader& reader_;
  std::span<const std::byte> bytes_;
};

// Tensors that shared memory by mistake would change each other.
void refuse_overlaps(const ArchiveRecords& records, const std::filesystem::path& file) {
  std::vector<const ArchiveRecord*> placed;
  for (const auto& [name, record] : records)
    if (record.place) placed.push_back(&record);
  std::sort(placed.begin(), placed.end(),
            [](const ArchiveRecord* a, const ArchiveRecord* b) { return a->place < b->place; });
  for (std::size_t i = 1; i < placed.size(); ++i)
    if (*placed[i]->place - *placed[i - 1]->place < placed[i - 1]->entry.size)
      throw damage(file, placed[i]->entry.name);
}

}  // namespace

ArchiveRecords name_records(const std::vector<ZipEntry>& entries) {
  ArchiveRecords records;
  if (entries.empty()) return records;
  const std::string& first = entries.front().name;
  const std::string folder = first.substr(0, first.find('/') + 1);
  for (const ZipEntry& entry : entries)
    if (entry.name.starts_with(folder))
      records.try_emplace(entry.name.substr(entry.name.find('/') + 1), ArchiveRecord{entry, {}});
  return records;
}

void check_records(ArchiveRecords& records, caffe2::serialize::PyTorchStreamReader& reader,
                   const FileBytes& bytes, const std::filesystem::path& file,
                   const std::function<void(float)>& progress) {
  RecordCheck check(reader, bytes);
  std::uint64_t all = 1, done = 0, next_report = 0;
  for (const auto& [name, record] : records) all += record.entry.size;
  for (auto& [name, record] : records) {
    if (done >= next_report) {
      progress(float(double(done) / double(all)));
      next_report = done + checked_between_reports;
    }
    if (!check.is_sound(name, record)) throw damage(file, record.entry.name);
    done += record.entry.size;
  }
  refuse_overlaps(records, file);
}

}  // namespace tessera::model
