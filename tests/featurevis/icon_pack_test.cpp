#include "tessera/featurevis/icon_pack.h"

#include <cmath>
#include <cstdlib>

#include "featurevis/icons.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"

namespace tessera::test::icon_pack_test {
namespace {

using featurevis::Icon;
using featurevis::IconPack;
using featurevis::PackContent;

PackContent content_of(int channels) {
  PackContent made{{network, "a network", "blocks.5", recipe_of(), "bfloat16", channels}, {}};
  for (int channel = 0; channel < channels; ++channel)
    if (channel == 1)
      made.icons.emplace_back();
    else
      made.icons.emplace_back(icon_of(channel));
  made.icons.front()->quality = {128, false, -1, -1, {}, featurevis::Failure::none, 1};
  return made;
}

int largest_difference(const Image& a, const Image& b) {
  int largest = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) largest = std::max(largest, std::abs(a.rgb[i] - b.rgb[i]));
  return largest;
}

// A pack whose checksum is right again after something was changed.
std::string sealed(std::string bytes, int channels) {
  const std::size_t header = std::uint8_t(bytes[12]) | std::size_t(std::uint8_t(bytes[13])) << 8;
  const std::size_t end = 24 + header + std::size_t(channels) * 64;
  ContentHash hash;
  hash.add(std::as_bytes(std::span(bytes).first(end)));
  return bytes.replace(end, 32, hash.text());
}

bool refused(const std::filesystem::path& file) {
  try {
    IconPack::open(file);
    return false;
  } catch (const Error& error) {
    return std::string(error.what()).find(file.string()) != std::string::npos;
  }
}

}  // namespace

TEST_CASE("a pack gives back its icons, and nothing where it has none", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  const PackContent wanted = content_of(5);
  write_pack(file, wanted);
  const auto pack = IconPack::open(file);
  CHECK(pack->header() == wanted.header);
  for (int channel : {0, 2, 3, 4}) {
    const auto icon = pack->icon(channel);
    REQUIRE(icon);
    CHECK(icon->quality == wanted.icons[std::size_t(channel)]->quality);
    CHECK(pack->quality(channel) == icon->quality);
    CHECK(largest_difference(icon->picture, wanted.icons[std::size_t(channel)]->picture) <= 8);
  }
  for (int channel : {-1, 1, 5, 1 << 30}) {
    CHECK_FALSE(pack->icon(channel));
    CHECK_FALSE(pack->quality(channel));
  }
}

TEST_CASE("a pack stays readable while it is replaced", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  write_pack(file, content_of(3));
  const auto old = IconPack::open(file);
  write_pack(file, content_of(200));
  CHECK(old->icon(2));
  CHECK(IconPack::open(file)->header().channels == 200);
}

TEST_CASE("a pack that was changed anywhere is refused, or lacks just that icon", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  write_pack(file, content_of(3));
  const std::string whole = content(file);
  const auto broken = folder.path() / "b.pack";
  int opened = 0;
  for (std::size_t place = 0; place < whole.size(); place += place < 700 ? 1 : 37) {
    std::string bytes = whole;
    bytes[place] = char(bytes[place] ^ 0x10);
    overwrite(broken, bytes);
    if (refused(broken)) continue;
    ++opened;
    const auto pack = IconPack::open(broken);
    CHECK(int(pack->icon(0).has_value()) + int(pack->icon(2).has_value()) == 1);
  }
  CHECK(opened > 0);
  for (std::size_t length = 0; length < whole.size(); length += 13) {
    overwrite(broken, whole.substr(0, length));
    CHECK(refused(broken));
  }
  overwrite(broken, whole + "x");
  CHECK(refused(broken));
  overwrite(broken, "");
  CHECK(refused(broken));
  CHECK(refused(folder.path()));
  CHECK(refused(folder.path() / "none.pack"));
}

TEST_CASE("a pack that means harm is refused, however sound its checksum", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  write_pack(file, content_of(3));
  const std::string whole = content(file);
  const std::size_t header = std::uint8_t(whole[12]) | std::size_t(std::uint8_t(whole[13])) << 8;
  const std::size_t entry = 24 + header;
  const auto with = [&](std::size_t place, std::string bytes) {
    std::string changed = whole;
    overwrite(file, sealed(changed.replace(place, bytes.size(), bytes), 3));
    return refused(file);
  };
  REQUIRE_FALSE(with(entry, whole.substr(entry, 1)));
  CHECK(with(entry, std::string(8, '\xFF')));               // a picture beyond the end
  CHECK(with(entry, std::string(8, '\0')));                 // … in the header
  CHECK(with(entry + 8, std::string(4, '\xFF')));           // a length beyond the end
  CHECK(with(entry + 12, std::string(4, '\xFF')));          // steps
  CHECK(with(entry + 16, std::string("\0\0\x80\x7F", 4)));  // an infinite objective
  CHECK(with(entry + 24, "\x09"));                          // a failure that there is not
                                                            // A header beyond the end.
  std::string far = whole;
  overwrite(file, far.replace(12, 4, std::string(4, '\xFF')));
  CHECK(refused(file));
  std::string many = whole;
  const auto channels = many.find("\"channels\":3");
  REQUIRE(channels != std::string::npos);
  many[channels + 11] = '9';
  overwrite(file, sealed(many, 3));
  CHECK(refused(file));
}

TEST_CASE("a picture of another size than the pack says is no icon", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  PackContent wanted = content_of(3);
  write_pack(file, wanted);
  std::string bytes = content(file);
  const auto size = bytes.find("\\\"size\\\":32");
  REQUIRE(size != std::string::npos);
  bytes.replace(size, 11, "\\\"size\\\":48");
  overwrite(file, sealed(bytes, 3));
  CHECK_FALSE(IconPack::open(file)->icon(0));
}

TEST_CASE("content that is no pack's is not written", "[featurevis]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.pack";
  const auto not_written = [&](auto change) {
    PackContent wanted = content_of(3);
    change(wanted);
    try {
      write_pack(file, wanted);
      return false;
    } catch (const Error&) {
      return !std::filesystem::exists(file);
    }
  };
  CHECK(not_written([](PackContent& of) { of.header.channels = 4; }));
  CHECK(not_written([](PackContent& of) { of.icons.clear(), of.header.channels = 0; }));
  CHECK(not_written([](PackContent& of) { of.icons[0]->picture = Image(16, 16); }));
  CHECK(not_written([](PackContent& of) { of.icons[0]->quality.objective = NAN; }));
}

}  // namespace tessera::test::icon_pack_test
