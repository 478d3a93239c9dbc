#include "tessera/featurevis/icon_pack.h"

#include <cmath>
#include <span>
#include <utility>

#include "base/mapped_file.h"
#include "featurevis/pack_index.h"
#include "featurevis/picture_bytes.h"
#include "image/encode.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::featurevis {
namespace {

void check_content(const PackContent& content, const std::string& where) {
  const int channels = content.header.channels;
  if (channels < 1 || channels > pack::most_channels || content.icons.size() != std::size_t(channels))
    throw Error("a pack needs a place for each channel of its layer", where);
  for (const auto& icon : content.icons) {
    if (!icon) continue;
    const int size = content.header.recipe.size;
    if (icon->picture.width != size || icon->picture.height != size)
      throw Error("a pack's icons are all " + std::to_string(size) + " pixels a side", where);
    if (!std::isfinite(icon->quality.objective) ||
        (icon->quality.natural && !std::isfinite(*icon->quality.natural)))
      throw Error("an icon's objective is not finite", where);
  }
}

}  // namespace

struct IconPack::Impl {
  std::filesystem::path file;
  MappedFile mapped;
  pack::Front front;

  explicit Impl(const std::filesystem::path& from)
      : file(from), mapped(from), front(pack::decode(mapped.bytes(), from.string())) {}

  const pack::Entry* entry(int channel) const {
    if (channel < 0 || std::size_t(channel) >= front.entries.size()) return nullptr;
    const pack::Entry& found = front.entries[std::size_t(channel)];
    return found.length > 0 ? &found : nullptr;
  }
  std::span<const std::byte> picture(const pack::Entry& entry) const {
    return mapped.bytes().subspan(std::size_t(entry.offset), entry.length);
  }
};

IconPack::IconPack(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IconPack::~IconPack() = default;

std::shared_ptr<const IconPack> IconPack::open(const std::filesystem::path& file) {
  return std::shared_ptr<const IconPack>(new IconPack(std::make_unique<Impl>(file)));
}

const PackHeader& IconPack::header() const { return impl_->front.header; }
const std::filesystem::path& IconPack::file() const { return impl_->file; }

std::optional<IconQuality> IconPack::quality(int channel) const {
  const pack::Entry* entry = impl_->entry(channel);
  if (!entry) return std::nullopt;
  return entry->quality;
}

std::optional<Icon> IconPack::icon(int channel) const {
  const pack::Entry* entry = impl_->entry(channel);
  if (!entry) return std::nullopt;
  const std::span<const std::byte> bytes = impl_->picture(*entry);
  if (pack::hash_of(bytes) != entry->hash) return std::nullopt;
  try {
    return Icon{read_icon_picture(bytes, header().recipe.size, impl_->file.string()), entry->quality};
  } catch (const Error&) {
    return std::nullopt;
  }
}

void write_pack(const std::filesystem::path& file, const PackContent& content, int quality) {
  check_content(content, file.string());
  const std::string header = pack::header_text(content.header);
  pack::Front front{content.header, {}};
  std::string pictures;
  const std::size_t start = pack::front_bytes(header.size(), content.icons.size());
  for (const auto& icon : content.icons) {
    pack::Entry& entry = front.entries.emplace_back();
    if (!icon) continue;
    const std::string bytes = image::encode_jpeg(icon->picture, quality);
    entry = {start + pictures.size(), std::uint32_t(bytes.size()), icon->quality,
             pack::hash_of(std::as_bytes(std::span(bytes)))};
    pictures += bytes;
  }
  write_file_atomically(file, pack::encode(front, header, start + pictures.size()) + pictures);
}

}  // namespace tessera::featurevis
