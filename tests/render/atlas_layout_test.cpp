#include "render/atlas_layout.h"

#include <cmath>

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::atlas_layout_test {

using namespace tessera;
using namespace tessera::render;
using tessera::test::Approx;

namespace {

void check_fits(const Atlas& atlas, int channels, const AtlasLimits& limits) {
  CHECK(atlas.columns * atlas.rows >= channels);
  CHECK(atlas.columns * (atlas.rows - 1) < channels);
  CHECK(atlas.width() <= limits.longest_side);
  CHECK(atlas.height() <= limits.longest_side);
  CHECK(std::size_t(atlas.width()) * std::size_t(atlas.height()) <= limits.most_texels);
}

}  // namespace

TEST_CASE("the channels of a layer are laid out in a nearly square atlas", "[render]") {
  const Atlas atlas = plan_atlas(14, 14, 480);
  check_fits(atlas, 480, {});
  CHECK(atlas.tile_width == 14);
  CHECK(atlas.tile_height == 14);
  CHECK(atlas.reduction == 1);
  CHECK(double(atlas.width()) / atlas.height() == Approx(1).margin(0.1));
  CHECK(atlas.texture == 0);
}

TEST_CASE("an atlas of oblong tiles is nearly square as well", "[render]") {
  const Atlas atlas = plan_atlas(4, 64, 100);
  check_fits(atlas, 100, {});
  CHECK(double(atlas.width()) / atlas.height() == Approx(1).margin(0.4));
}

TEST_CASE("one channel takes one cell", "[render]") {
  const Atlas atlas = plan_atlas(7, 5, 1);
  CHECK(atlas.columns == 1);
  CHECK(atlas.rows == 1);
  CHECK(atlas.width() == 12);  // 5 and a border of 2 to each side, up to a multiple of four
  CHECK(atlas.height() == 12);
}

TEST_CASE("a region covers its tile and nothing of the border", "[render]") {
  const Atlas atlas = plan_atlas(7, 5, 10);
  for (int channel = 0; channel < 10; ++channel) {
    const TextureRegion region = atlas.region(channel);
    CHECK((region.u1 - region.u0) * float(atlas.width()) == Approx(5));
    CHECK((region.v1 - region.v0) * float(atlas.height()) == Approx(7));
    CHECK(std::fmod(region.u0 * float(atlas.width()), float(atlas.cell_width())) ==
          Approx(Atlas::border).margin(1e-3));
    CHECK(region.u0 * float(atlas.width()) ==
          Approx(channel % atlas.columns * atlas.cell_width() + Atlas::border));
    CHECK(region.v0 * float(atlas.height()) ==
          Approx(channel / atlas.columns * atlas.cell_height() + Atlas::border));
  }
}

TEST_CASE("cells are whole texels two levels of mip maps up, with a border around the tile", "[render]") {
  for (int side = 1; side < 40; ++side) {
    const Atlas atlas = plan_atlas(side, side, 3);
    CHECK(atlas.cell_width() % 4 == 0);
    CHECK(atlas.cell_width() >= side + 2 * Atlas::border);
    CHECK(atlas.cell_width() < side + 2 * Atlas::border + 4);
  }
}

TEST_CASE("a long atlas bends to the texture's limit before tiles are reduced", "[render]") {
  const AtlasLimits limits{64, 1u << 24};
  const Atlas atlas = plan_atlas(4, 28, 14, limits);  // cells of 8 x 32: two columns, and eight rows at most
  check_fits(atlas, 14, limits);
  CHECK(atlas.reduction == 1);
  CHECK(atlas.columns == 2);
}

TEST_CASE("tiles that do not fit are reduced by whole factors", "[render]") {
  const AtlasLimits limits{1024, 1u << 18};
  const Atlas atlas = plan_atlas(100, 150, 64, limits);
  check_fits(atlas, 64, limits);
  CHECK(atlas.reduction > 1);
  CHECK(atlas.tile_width == (150 + atlas.reduction - 1) / atlas.reduction);
  CHECK(atlas.tile_height == (100 + atlas.reduction - 1) / atlas.reduction);
}

TEST_CASE("an empty cube has an empty atlas", "[render]") {
  CHECK(plan_atlas(0, 5, 3).columns == 0);
  CHECK(plan_atlas(5, 5, 0).columns == 0);
}

TEST_CASE("more channels than there is room for are an error", "[render]") {
  CHECK_THROWS_AS(plan_atlas(1, 1, 1000, {64, 1u << 24}), Error);
}

}  // namespace tessera::test::atlas_layout_test
