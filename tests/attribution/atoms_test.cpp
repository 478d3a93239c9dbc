#include "tessera/attribution/atoms.h"

#include <limits>
#include <numeric>
#include <random>

#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::atoms_test {

using namespace tessera;
using namespace tessera::attribution;

namespace {

Cube cube_of(int height, int width, int channels, std::vector<float> values) {
  Cube cube(height, width, channels);
  cube.values = std::move(values);
  return cube;
}

// 1 x 2 positions, 3 channels.
const Cube small = cube_of(1, 2, 3, {1, 2, 3, 10, 20, 30});
const Cube slopes = cube_of(1, 2, 3, {1, -1, 0.5, 2, 0, 1});

Cube random_cube(int height, int width, int channels, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal;
  Cube cube(height, width, channels);
  for (float& value : cube.values) value = normal(generator);
  return cube;
}

std::vector<Group> random_groups(const Cube& like, int count, unsigned seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<float> uniform(-0.3f, 1.0f);
  const auto draw = [&] { return std::max(0.0f, uniform(generator)); };  // with zeros, as NMF's
  std::vector<Group> groups;
  for (int i = 0; i < count; ++i) {
    Group& group = groups.emplace_back();
    for (std::size_t p = 0; p < like.positions(); ++p) group.map.push_back(draw());
    for (int c = 0; c < like.channels; ++c) group.direction.push_back(draw());
  }
  return groups;
}

std::size_t count_in(const Cube& cube, const Atoms& atoms) {
  return count(atoms, cube.height, cube.width, cube.channels);
}

double sum(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double inner(const Cube& a, const Cube& b) {
  double result = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) result += double(a.values[i]) * b.values[i];
  return result;
}

const std::vector<Group> two{{{1, 0}, {1, 0, 2}}, {{1, 3}, {0, 0, 2}}};

}  // namespace

TEST_CASE("parts of a small cube", "[attribution]") {
  CHECK(part(small, Whole{}, 0).values == small.values);
  CHECK(part(small, AllPositions{}, 1).values == std::vector<float>{0, 0, 0, 10, 20, 30});
  CHECK(part(small, AllChannels{}, 2).values == std::vector<float>{0, 0, 3, 0, 0, 30});
  CHECK(part(small, ChosenPositions{{{0, 1}, {0, 0}}}, 1).values == std::vector<float>{1, 2, 3, 0, 0, 0});
  CHECK(part(small, ChosenChannels{{1}}, 0).values == std::vector<float>{0, 2, 0, 0, 20, 0});
  CHECK(part(small, ChosenNeurons{{{0, 1, 0}}}, 0).values == std::vector<float>{0, 0, 0, 10, 0, 0});
  CHECK(part(small, GroupCubes{two, true}, 1).values == std::vector<float>{0, 0, 2, 0, 0, 6});
  CHECK(part(small, GroupCubes{two, true}, 2).values == std::vector<float>{0, 2, -1, 10, 20, 24});
  // Both groups are zero in channel 1 and at position 1, channel 0: equal shares there.
  CHECK(part(small, GroupShares{two, {}}, 0).values == std::vector<float>{1, 1, 1.5, 5, 10, 0});
  CHECK(part(small, GroupShares{two, {}}, 1).values == std::vector<float>{0, 1, 1.5, 5, 10, 30});
}

TEST_CASE("shares count magnitudes, whatever their sign", "[attribution]") {
  const GroupShares shares{{{{-1, 1}, {1, 1, 1}}, {{3, 1}, {1, 1, -1}}}, {}};
  CHECK(part(small, shares, 0).values == std::vector<float>{0.25, 0.5, 0.75, 5, 10, 15});
}

TEST_CASE("what groups leave shares in each neuron like one more group", "[attribution]") {
  const GroupShares shares{two, rest_of(small, two)};
  CHECK(shares.rest == std::vector<float>{0, 2, 1, 10, 20, 24});
  // Where the cube holds no less than the groups, the parts are the groups' cubes and what they leave.
  CHECK(part(small, shares, 0).values == std::vector<float>{1, 0, 1.2f, 0, 0, 0});
  CHECK(part(small, shares, 1).values == std::vector<float>{0, 0, 1.2f, 0, 0, 6});
  CHECK(part(small, shares, 2).values == std::vector<float>{0, 2, 0.6f, 10, 20, 24});
  CHECK(reduce(product(small, slopes), shares).size() == 3);
  CHECK(atoms_from_json(to_json(Atoms(shares))) == Atoms(shares));
  GroupShares wrong = shares;
  wrong.rest[3] = -1;
  CHECK(test::refuses("negative", [&] { part(small, wrong, 0); }));
  wrong.rest = {1, 2};
  CHECK(test::refuses("another shape", [&] { part(small, wrong, 0); }));
}

TEST_CASE("sums over the atoms of a small cube", "[attribution]") {
  const Cube attribution = product(small, slopes);
  CHECK(attribution.values == std::vector<float>{1, -2, 1.5, 20, 0, 30});
  CHECK(reduce(attribution, Whole{}) == std::vector<float>{50.5});
  CHECK(reduce(attribution, AllPositions{}) == std::vector<float>{0.5, 50});
  CHECK(reduce(attribution, AllChannels{}) == std::vector<float>{21, -2, 31.5});
  CHECK(reduce(attribution, ChosenPositions{{{0, 1}}}) == std::vector<float>{50});
  CHECK(reduce(attribution, ChosenChannels{{2, 0}}) == std::vector<float>{31.5, 21});
  CHECK(reduce(attribution, ChosenNeurons{{{0, 0, 2}, {0, 1, 0}}}) == std::vector<float>{1.5, 20});
  CHECK(reduce(attribution, GroupShares{two, {}}) == std::vector<float>{10.75, 39.75});
  CHECK(reduce(small, slopes, GroupCubes{two, false}) == std::vector<float>{2, 7});
  CHECK(reduce(small, slopes, GroupCubes{two, true}) == std::vector<float>{2, 7, 41.5});
  CHECK(test::refuses("does not follow", [&] { reduce(attribution, GroupCubes{two, true}); }));
}

TEST_CASE("a sum over atoms is each part's product with the gradient, and nothing is lost", "[attribution]") {
  const Cube cube = random_cube(4, 5, 6, 1);
  const Cube gradient = random_cube(4, 5, 6, 2);
  const std::vector<Group> groups = random_groups(cube, 3, 3);
  const std::vector<Atoms> complete{Whole{}, AllPositions{}, AllChannels{}, GroupCubes{groups, true},
                                    GroupShares{groups, {}}};
  for (const Atoms& atoms : complete) {
    INFO(to_json(atoms).substr(0, 60));
    const std::vector<float> sums = reduce(cube, gradient, atoms);
    REQUIRE(sums.size() == count_in(cube, atoms));
    CHECK(sum(sums) == test::Approx(inner(cube, gradient)).epsilon(1e-6));
    Cube rebuilt(cube.height, cube.width, cube.channels);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const Cube piece = part(cube, atoms, i);
      CHECK(sums[i] == test::Approx(inner(piece, gradient)).epsilon(1e-5).margin(1e-5));
      for (std::size_t k = 0; k < piece.values.size(); ++k) rebuilt.values[k] += piece.values[k];
    }
    for (std::size_t k = 0; k < cube.values.size(); ++k)
      CHECK(rebuilt.values[k] == test::Approx(cube.values[k]).margin(1e-5));
    if (std::holds_alternative<GroupCubes>(atoms)) continue;
    const std::vector<float> from_product = reduce(product(cube, gradient), atoms);
    for (std::size_t i = 0; i < sums.size(); ++i)
      CHECK(from_product[i] == test::Approx(sums[i]).epsilon(1e-5).margin(1e-5));
  }
}

TEST_CASE("atoms that a layer does not have are refused", "[attribution]") {
  const auto refused = [](const Atoms& atoms, const std::string& reason) {
    INFO(reason);
    CHECK(test::refuses(reason, [&] { check(atoms, 1, 2, 3, "conv"); }));
    CHECK_THROWS_AS(part(small, atoms, 0), Error);
    CHECK_THROWS_AS(reduce(small, slopes, atoms), Error);
  };
  refused(ChosenPositions{{{0, 0}, {0, 2}}}, "conv: there is no position (0, 2)");
  refused(ChosenPositions{{{-1, 0}}}, "no position (-1, 0)");
  refused(ChosenPositions{}, "no atoms");
  refused(ChosenChannels{{3}}, "no channel 3");
  refused(ChosenChannels{}, "no atoms");
  refused(ChosenNeurons{{{0, 0, -1}}}, "no channel -1");
  refused(ChosenNeurons{{{1, 0, 0}}}, "no position (1, 0)");
  refused(GroupCubes{{{{1}, {1, 1, 1}}}, true}, "another shape");
  refused(GroupCubes{}, "no atoms");
  refused(GroupShares{{{{1, 1}, {1, 1}}}, {}}, "another shape");
  refused(GroupShares{{{{1, std::numeric_limits<float>::infinity()}, {1, 1, 1}}}, {}}, "not finite");
  refused(GroupShares{}, "no atoms");
  CHECK_NOTHROW(check(GroupCubes{{}, true}, 1, 2, 3, "conv"));
  CHECK(test::refuses("no atom 3", [&] { part(small, AllChannels{}, 3); }));
  CHECK_THROWS_AS(product(small, Cube(2, 1, 3)), Error);
  CHECK_THROWS_AS(reduce(small, Cube(2, 1, 3), Whole{}), Error);
}

TEST_CASE("atoms survive JSON exactly", "[attribution]") {
  const std::vector<Atoms> all{Whole{},
                               AllPositions{},
                               AllChannels{},
                               ChosenPositions{{{3, 4}, {3, 5}}},
                               ChosenPositions{},
                               ChosenChannels{{1, 2}},
                               ChosenNeurons{{{1, 2, 3}}},
                               GroupCubes{two, true},
                               GroupCubes{{}, false},
                               GroupShares{two, {}}};
  for (const Atoms& atoms : all) {
    INFO(to_json(atoms));
    CHECK(atoms_from_json(to_json(atoms)) == atoms);
  }
  CHECK(to_json(ChosenPositions{{{3, 4}, {3, 5}}}) == R"({"kind":"positions","list":[[3,4],[3,5]]})");
  CHECK(to_json(Whole{}) == R"({"kind":"whole"})");
}

TEST_CASE("what is no list of atoms is refused with a reason", "[attribution]") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"nonsense", "not valid JSON"},
      {R"({"kind":"pixels"})", "kind that does not exist"},
      {R"({"kind":"whole","list":[]})", "does not know, \"list\""},
      {R"({"kind":"positions","list":[[3]]})", "not 2 indices"},
      {R"({"kind":"positions","list":[[3,-4]]})", "whole number"},
      {R"({"kind":"positions","list":7})", "not a list"},
      {R"({"kind":"channels","list":[[1]]})", "whole number"},
      {R"({"kind":"neurons"})", "lacks the field \"list\""},
      {R"({"kind":"neurons","list":[[1,2]]})", "not 3 indices"},
      {R"({"kind":"group_cubes","groups":[]})", "lacks the field \"residual\""},
      {R"({"kind":"group_cubes","groups":[],"residual":1})", "neither true nor false"},
      {R"({"kind":"group_shares","groups":[1]})", "a group in the list of atoms is not a JSON object"},
      {R"({"kind":"group_shares","groups":[{"map":[1]}]})", "lacks the field \"direction\""},
  }));
  const auto& [text, reason] = row;
  INFO(text);
  CHECK(test::refuses(reason, [&input = text] { atoms_from_json(input); }));
}

}  // namespace tessera::test::atoms_test
