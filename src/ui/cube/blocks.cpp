#include "ui/cube/blocks.h"

#include <algorithm>

namespace tessera::ui {
namespace {

constexpr int most_a_side = 7;
constexpr int most_bands = 6;
constexpr float height_of_cube = 0.78f;  // for a base of length 1
constexpr float gap = 0.22f;             // between neighbours, as a share of a part

struct Part {
  int from, to;      // of what is counted
  float start, end;  // along the axis
};

// An axis from -length/2 to length/2 in parts of nearly equal counts.
std::vector<Part> parts(int count, int pieces, float length) {
  std::vector<Part> made;
  const float step = length / float(pieces);
  const float inset = pieces > 1 ? step * gap / 2 : 0;
  for (int i = 0; i < pieces; ++i) {
    const float start = -length / 2 + step * float(i);
    made.push_back({int(long(count) * i / pieces), int(long(count) * (i + 1) / pieces), start + inset,
                    start + step - inset});
  }
  return made;
}

// Of a side of the base, the longer of which is 1.
float side_of(int length, int other) { return float(length) / float(std::max(length, other)); }

}  // namespace

Cut cut_for(Atom atom, int height, int width, int channels) {
  const int rows = std::min(height, most_a_side), columns = std::min(width, most_a_side);
  const int bands = std::min(channels, most_bands);
  switch (atom) {
    case Atom::neuron:
    case Atom::group:
      return {rows, columns, bands};
    case Atom::position:
      return {rows, columns, 1};
    case Atom::channel:
      return {1, 1, bands};
    case Atom::whole:
      return {1, 1, 1};
  }
  return {};
}

Box3 bounds(int height, int width) {
  const float across = side_of(width, height) / 2, along = side_of(height, width) / 2;
  return {{-across, -height_of_cube / 2, -along}, {across, height_of_cube / 2, along}};
}

std::vector<Block> blocks_of(const Cut& cut, int height, int width, int channels) {
  std::vector<Block> blocks;
  const std::vector<Part> rows = parts(height, cut.rows, side_of(height, width));
  const std::vector<Part> columns = parts(width, cut.columns, side_of(width, height));
  for (const Part& band : parts(channels, cut.bands, height_of_cube))
    for (const Part& row : rows)
      for (const Part& column : columns) {
        Block& block = blocks.emplace_back();
        block.row = row.from, block.row_end = row.to;
        block.column = column.from, block.column_end = column.to;
        block.channel = band.from, block.channel_end = band.to;
        block.box = {{column.start, -band.end, row.start}, {column.end, -band.start, row.end}};
      }
  return blocks;
}

void sort_by_nearness(std::vector<Block>& blocks, const Projection& projection) {
  std::ranges::stable_sort(blocks, {},
                           [&](const Block& block) { return projection.nearness(block.box.middle()); });
}

float mean_of(const Cube& cube, const Block& block) {
  double sum = 0;
  for (int y = block.row; y < block.row_end; ++y)
    for (int x = block.column; x < block.column_end; ++x) {
      const auto vector = cube.position(y, x);
      for (int c = block.channel; c < block.channel_end; ++c) sum += double(vector[std::size_t(c)]);
    }
  const double count = double(block.row_end - block.row) * double(block.column_end - block.column) *
                       double(block.channel_end - block.channel);
  return count > 0 ? float(sum / count) : 0;
}

}  // namespace tessera::ui
