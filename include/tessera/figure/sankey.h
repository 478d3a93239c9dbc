#pragma once

#include <cstddef>
#include <vector>

// The geometry of a Sankey diagram with signed flows: columns of nodes from left to right, ribbons between
// neighbouring columns. Plain numbers, without any drawing.
namespace tessera::figure {

struct SankeyNode {
  double weight = 0;   // >= 0; beyond its least height a node's is in proportion
  double least = 0;    // height that it has in any case; without weight it grows to hold its ribbons
  bool stays = false;  // keeps its place among the nodes of its column: only the others are reordered
};

struct SankeyLink {
  int column = 0;  // of its source; its target is in the next one
  int source = 0;  // indices into the columns
  int target = 0;
  double value = 0;  // signed: its ribbon is as wide as the magnitude
};

struct Sankey {
  std::vector<std::vector<SankeyNode>> columns;
  std::vector<SankeyLink> links;
};

struct SankeySpace {
  double height = 0;
  double gap = 0;  // between the nodes of a column
  // For diagrams that are compared, by column and by the gaps between columns; empty: as suits this one.
  std::vector<double> wholes = {};  // the sum of weights that fills a column; no less than its own counts
  std::vector<double> most_scales = {};  // of SankeyLayout::scales; what is not above 0 is no limit
};

struct SankeySpan {
  double top = 0;
  double bottom = 0;
  double height() const { return bottom - top; }
  double center() const { return (top + bottom) / 2; }
};

struct SankeyRibbon {
  std::size_t link = 0;  // index into Sankey::links
  SankeySpan source;     // where it leaves its source and meets its target; equally wide
  SankeySpan target;
};

struct SankeyLayout {
  std::vector<std::vector<int>> order;         // of each column's nodes, from above
  std::vector<std::vector<SankeySpan>> nodes;  // by index, not by order
  // Wide ones first: drawn in this order the narrow lie over the wide.
  std::vector<SankeyRibbon> ribbons;
  std::vector<double> scales;  // of each gap between columns: a ribbon's width for a value of 1
};

// Σ over pairs of ribbons of one gap that cross, of the lesser magnitude of the two.
double crossings(const Sankey& sankey, const std::vector<std::vector<int>>& order);

// An order of each column's nodes with few crossings. It starts from the order of the indices and moves nodes
// only where that helps, so that small changes of the values leave it alone.
std::vector<std::vector<int>> untangled(const Sankey& sankey);

// Places nodes and ribbons. Columns fill the height from above, each centred; least heights shrink where they
// do not fit. Between two columns all ribbons have one scale, the largest at which what enters and what
// leaves a node fits its height (and the space allows); those at a node touch, in the order of their other
// ends.
SankeyLayout lay_out(const Sankey& sankey, const SankeySpace& space);

// How far down a ribbon's middle has come from its source (0) to its target (1), at a share of the way
// across.
double ribbon_course(double share);

// What of each link passes through one node, as shares of the links: before it, of what goes on to it; after
// it, of what came from it. A node hands on what it receives in proportion to the magnitudes of its links.
// One value for each link; 0 for what never meets the node.
std::vector<double> shares_through(const Sankey& sankey, int column, int node);

}  // namespace tessera::figure
