#include "tessera/figure/sankey.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace tessera::figure {
namespace {

using Order = std::vector<std::vector<int>>;

constexpr int most_passes = 24;

// Rank of each node in its column.
std::vector<std::vector<int>> ranks_of(const Order& order) {
  std::vector<std::vector<int>> ranks;
  for (const std::vector<int>& column : order) {
    std::vector<int>& rank = ranks.emplace_back(column.size());
    for (std::size_t i = 0; i < column.size(); ++i) rank[std::size_t(column[i])] = int(i);
  }
  return ranks;
}

bool cross(int source, int target, int other_source, int other_target) {
  return (source < other_source && target > other_target) || (source > other_source && target < other_target);
}

// One end of a link at a node: the rank of the other end, and the magnitude.
struct End {
  int rank = 0;
  double magnitude = 0;
};

// The crossings between the ribbons of two nodes of a column on one side, where the first stands above.
double crossings_of_pair(const std::vector<End>& above, const std::vector<End>& below) {
  double sum = 0;
  for (const End& one : above)
    for (const End& other : below)
      if (one.rank > other.rank) sum += std::min(one.magnitude, other.magnitude);
  return sum;
}

// The links of every node of a column, to the left and to the right.
struct Ends {
  std::vector<std::vector<End>> left, right;
};

Ends ends_at(const Sankey& sankey, std::size_t column, const std::vector<std::vector<int>>& ranks) {
  const std::size_t nodes = sankey.columns[column].size();
  Ends ends{std::vector<std::vector<End>>(nodes), std::vector<std::vector<End>>(nodes)};
  for (const SankeyLink& link : sankey.links) {
    const double magnitude = std::abs(link.value);
    if (std::size_t(link.column) == column)
      ends.right[std::size_t(link.source)].push_back(
          {ranks[column + 1][std::size_t(link.target)], magnitude});
    else if (std::size_t(link.column) + 1 == column)
      ends.left[std::size_t(link.target)].push_back({ranks[column - 1][std::size_t(link.source)], magnitude});
  }
  return ends;
}

// Swaps neighbours of one column where that takes crossings away. True where it did.
bool swap_neighbours(const Sankey& sankey, std::size_t column, Order& order) {
  const Ends ends = ends_at(sankey, column, ranks_of(order));
  bool moved = false;
  std::vector<int>& nodes = order[column];
  for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
    const std::size_t above = std::size_t(nodes[i]), below = std::size_t(nodes[i + 1]);
    if (sankey.columns[column][above].stays || sankey.columns[column][below].stays) continue;
    const double now = crossings_of_pair(ends.left[above], ends.left[below]) +
                       crossings_of_pair(ends.right[above], ends.right[below]);
    const double swapped = crossings_of_pair(ends.left[below], ends.left[above]) +
                           crossings_of_pair(ends.right[below], ends.right[above]);
    if (swapped >= now * 0.999) continue;
    std::swap(nodes[i], nodes[i + 1]);
    moved = true;
  }
  return moved;
}

double gap_sum(const SankeySpace& space, std::size_t nodes) {
  return nodes > 1 ? space.gap * double(nodes - 1) : 0;
}

void place_column(const std::vector<SankeyNode>& nodes, const std::vector<int>& order,
                  const SankeySpace& space, double whole, std::vector<SankeySpan>& placed) {
  const double room = std::max(0.0, space.height - gap_sum(space, nodes.size()));
  double least = 0, weight = 0;
  for (const SankeyNode& node : nodes) {
    least += node.least;
    weight += node.weight;
  }
  weight = std::max(weight, whole);
  const double shrink = least > room && least > 0 ? room / least : 1;
  const double spread = std::max(0.0, room - least * shrink);
  std::vector<double> heights;
  for (const SankeyNode& node : nodes)
    heights.push_back(node.least * shrink + (weight > 0 ? spread * node.weight / weight : 0));
  const double used = std::accumulate(heights.begin(), heights.end(), gap_sum(space, nodes.size()));
  double y = std::max(0.0, (space.height - used) / 2);
  placed.resize(nodes.size());
  for (const int node : order) {
    placed[std::size_t(node)] = {y, y + heights[std::size_t(node)]};
    y += heights[std::size_t(node)] + space.gap;
  }
}

// The links that leave (or enter) each node of a gap, in the order of their other ends.
std::vector<std::vector<std::size_t>> links_by_node(const Sankey& sankey, int column, bool leaving,
                                                    const std::vector<std::vector<int>>& ranks) {
  const std::size_t at = std::size_t(column) + (leaving ? 0 : 1);
  const std::vector<int>& other = ranks[std::size_t(column) + (leaving ? 1 : 0)];
  std::vector<std::vector<std::size_t>> found(sankey.columns[at].size());
  for (std::size_t i = 0; i < sankey.links.size(); ++i) {
    const SankeyLink& link = sankey.links[i];
    if (link.column == column) found[std::size_t(leaving ? link.source : link.target)].push_back(i);
  }
  for (std::vector<std::size_t>& links : found)
    std::stable_sort(links.begin(), links.end(), [&](std::size_t one, std::size_t two) {
      const SankeyLink &a = sankey.links[one], &b = sankey.links[two];
      return leaving ? other[std::size_t(a.target)] < other[std::size_t(b.target)]
                     : other[std::size_t(a.source)] < other[std::size_t(b.source)];
    });
  return found;
}

double sum_of(const Sankey& sankey, const std::vector<std::size_t>& links) {
  double sum = 0;
  for (const std::size_t link : links) sum += std::abs(sankey.links[link].value);
  return sum;
}

// The largest scale at which no node's ribbons are higher than the node: of all nodes of a column, or of
// those alone whose heights mean something.
double scale_of(const Sankey& sankey, const std::vector<std::vector<std::size_t>>& by_node,
                std::size_t column, const std::vector<SankeySpan>& spans, bool of_all, double scale) {
  for (std::size_t i = 0; i < by_node.size(); ++i) {
    if (!of_all && sankey.columns[column][i].weight == 0) continue;
    if (const double sum = sum_of(sankey, by_node[i]); sum > 0)
      scale = std::min(scale, spans[i].height() / sum);
  }
  return scale;
}

// The links at both sides of a gap, by their nodes.
struct Gap {
  std::vector<std::vector<std::size_t>> leaving;
  std::vector<std::vector<std::size_t>> entering;
};

double scale_of(const Sankey& sankey, const Gap& gap, std::size_t column, const SankeyLayout& layout,
                bool of_all) {
  double scale = scale_of(sankey, gap.leaving, column, layout.nodes[column], of_all, INFINITY);
  scale = scale_of(sankey, gap.entering, column + 1, layout.nodes[column + 1], of_all, scale);
  return std::isfinite(scale) ? scale : 0;
}

double no_more_than_allowed(double scale, const SankeySpace& space, std::size_t gap) {
  const double most = gap < space.most_scales.size() ? space.most_scales[gap] : 0;
  return most > 0 ? std::min(scale, most) : scale;
}

// Nodes without weight become as high as their ribbons would be if only the others counted: a small node that
// much flows through must not make all ribbons thin.
void make_room(Sankey& sankey, const std::vector<Gap>& gaps, const SankeyLayout& layout,
               const SankeySpace& space) {
  constexpr double most_share = 0.3;  // of a column
  const auto grow = [&](std::size_t column, const std::vector<std::vector<std::size_t>>& by_node,
                        double scale) {
    for (std::size_t i = 0; i < by_node.size(); ++i) {
      SankeyNode& node = sankey.columns[column][i];
      if (node.weight > 0) continue;
      const double wanted = std::min(sum_of(sankey, by_node[i]) * scale, most_share * space.height);
      node.least = std::max(node.least, wanted);
    }
  };
  for (std::size_t column = 0; column < gaps.size(); ++column) {
    const double scale =
        no_more_than_allowed(scale_of(sankey, gaps[column], column, layout, false), space, column);
    grow(column, gaps[column].leaving, scale);
    grow(column + 1, gaps[column].entering, scale);
  }
}

void place_ends(const Sankey& sankey, const std::vector<std::vector<std::size_t>>& by_node,
                const std::vector<SankeySpan>& nodes, double scale, std::vector<SankeySpan>& ends) {
  for (std::size_t i = 0; i < by_node.size(); ++i) {
    double y = nodes[i].center() - sum_of(sankey, by_node[i]) * scale / 2;
    for (const std::size_t link : by_node[i]) {
      const double width = std::abs(sankey.links[link].value) * scale;
      ends[link] = {y, y + width};
      y += width;
    }
  }
}

// Carries shares from the sources of a gap to its targets, or back.
void carry(const Sankey& sankey, int column, bool forwards, const std::vector<double>& from,
           std::vector<double>& to, std::vector<double>& links) {
  std::vector<double> whole(to.size(), 0.0);
  for (std::size_t i = 0; i < sankey.links.size(); ++i) {
    const SankeyLink& link = sankey.links[i];
    if (link.column != column) continue;
    const double magnitude = std::abs(link.value);
    const std::size_t near = std::size_t(forwards ? link.source : link.target);
    const std::size_t far = std::size_t(forwards ? link.target : link.source);
    links[i] = from[near];
    to[far] += from[near] * magnitude;
    whole[far] += magnitude;
  }
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = whole[i] > 0 ? to[i] / whole[i] : 0;
}

}  // namespace

double crossings(const Sankey& sankey, const Order& order) {
  const auto ranks = ranks_of(order);
  double sum = 0;
  for (std::size_t i = 0; i < sankey.links.size(); ++i)
    for (std::size_t j = i + 1; j < sankey.links.size(); ++j) {
      const SankeyLink &one = sankey.links[i], &other = sankey.links[j];
      if (one.column != other.column) continue;
      const std::vector<int>& sources = ranks[std::size_t(one.column)];
      const std::vector<int>& targets = ranks[std::size_t(one.column) + 1];
      if (cross(sources[std::size_t(one.source)], targets[std::size_t(one.target)],
                sources[std::size_t(other.source)], targets[std::size_t(other.target)]))
        sum += std::min(std::abs(one.value), std::abs(other.value));
    }
  return sum;
}

Order untangled(const Sankey& sankey) {
  Order order;
  for (const auto& column : sankey.columns) {
    order.emplace_back(column.size());
    std::iota(order.back().begin(), order.back().end(), 0);
  }
  // From the last column back, as everything is about what comes last; until nothing moves.
  for (int pass = 0; pass < most_passes; ++pass) {
    bool moved = false;
    for (std::size_t column = sankey.columns.size(); column-- > 0;)
      moved = swap_neighbours(sankey, column, order) || moved;
    if (!moved) break;
  }
  return order;
}

SankeyLayout lay_out(const Sankey& wanted, const SankeySpace& space) {
  Sankey sankey = wanted;
  SankeyLayout layout;
  layout.order = untangled(sankey);
  layout.nodes.resize(sankey.columns.size());
  const auto ranks = ranks_of(layout.order);
  std::vector<Gap> gaps;
  for (std::size_t column = 0; column + 1 < sankey.columns.size(); ++column)
    gaps.push_back(
        {links_by_node(sankey, int(column), true, ranks), links_by_node(sankey, int(column), false, ranks)});
  const auto place_all = [&] {
    for (std::size_t i = 0; i < sankey.columns.size(); ++i)
      place_column(sankey.columns[i], layout.order[i], space, i < space.wholes.size() ? space.wholes[i] : 0,
                   layout.nodes[i]);
  };
  place_all();
  make_room(sankey, gaps, layout, space);
  place_all();
  std::vector<SankeySpan> sources(sankey.links.size()), targets(sankey.links.size());
  for (std::size_t column = 0; column < gaps.size(); ++column) {
    const double scale =
        no_more_than_allowed(scale_of(sankey, gaps[column], column, layout, true), space, column);
    layout.scales.push_back(scale);
    place_ends(sankey, gaps[column].leaving, layout.nodes[column], scale, sources);
    place_ends(sankey, gaps[column].entering, layout.nodes[column + 1], scale, targets);
  }
  for (std::size_t i = 0; i < sankey.links.size(); ++i) layout.ribbons.push_back({i, sources[i], targets[i]});
  std::stable_sort(layout.ribbons.begin(), layout.ribbons.end(),
                   [](const SankeyRibbon& one, const SankeyRibbon& other) {
                     return one.source.height() > other.source.height();
                   });
  return layout;
}

double ribbon_course(double share) {
  const double s = std::clamp(share, 0.0, 1.0);
  return s * s * (3 - 2 * s);
}

std::vector<double> shares_through(const Sankey& sankey, int column, int node) {
  std::vector<double> links(sankey.links.size(), 0.0);
  const int columns = int(sankey.columns.size());
  const auto alone = [&] {
    std::vector<double> shares(sankey.columns[std::size_t(column)].size(), 0.0);
    shares[std::size_t(node)] = 1;
    return shares;
  };
  std::vector<double> shares = alone();
  for (int at = column; at + 1 < columns; ++at) {
    std::vector<double> next(sankey.columns[std::size_t(at) + 1].size(), 0.0);
    carry(sankey, at, true, shares, next, links);
    shares = std::move(next);
  }
  shares = alone();
  for (int at = column - 1; at >= 0; --at) {
    std::vector<double> next(sankey.columns[std::size_t(at)].size(), 0.0);
    carry(sankey, at, false, shares, next, links);
    shares = std::move(next);
  }
  return links;
}

}  // namespace tessera::figure
