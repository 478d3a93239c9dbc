#pragma once

#include <vector>

#include "ui/context.h"
#include "ui/cube/blocks.h"

namespace tessera::ui {

// How a block is drawn.
struct BlockLook {
  ImU32 color = 0;  // of its top; its sides are darker
  bool lit = false;
};

// Blocks, sorted by nearness, each with its look. What is lit can be made out through those before it by its
// edges.
void draw_blocks(Context& context, const Projection& projection, const std::vector<Block>& blocks,
                 const std::vector<BlockLook>& looks);

// The grey of a share of the greatest magnitude, 0 to 1.
ImU32 block_grey(const Context& context, float share);

// The nearest block under a point.
const Block* block_at(const Projection& projection, const std::vector<Block>& blocks, ImVec2 point);

}  // namespace tessera::ui
