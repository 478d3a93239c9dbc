// The packs that come with the bundled network.
#include <filesystem>
#include <map>
#include <string>

#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/content_hash.h"
#include "tessera/featurevis/icon_pack.h"

namespace tessera::test::bundled_packs_test {

TEST_CASE("bundled packs are whole, of the bundled network, and by the recipe that views ask for",
          "[featurevis]") {
  const auto folder = source_folder() / "models" / "icons";
  std::uintmax_t bytes = 0;
  std::map<std::string, int> channels;
  const std::string model = content_hash(bundled_model());
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".pack") continue;
    CAPTURE(file.path());
    bytes += file.file_size();
    const auto pack = featurevis::IconPack::open(file.path());
    CHECK(pack->header().network == featurevis::Network{model, ""});
    channels[pack->header().layer] = pack->header().channels;
    CHECK(pack->header().recipe == featurevis::standard_recipe());
    for (int channel = 0; channel < pack->header().channels; ++channel) {
      CAPTURE(channel);
      const auto icon = pack->icon(channel);
      REQUIRE(icon);
      CHECK(icon->quality.settled);
    }
  }
  CHECK(channels == std::map<std::string, int>{{"blocks.5.expand", 240},
                                               {"blocks.8.expand", 480},
                                               {"blocks.11.expand", 672},
                                               {"blocks.15.expand", 1152}});
  CHECK(bytes <= 25'000'000);
}

}  // namespace tessera::test::bundled_packs_test
