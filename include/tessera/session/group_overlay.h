#pragma once

#include <optional>

#include "tessera/image/image.h"
#include "tessera/session/groups.h"

namespace tessera::session {

// A picture in pale grey with the groups over it, cell by cell of the layer: each cell's colour is the mix of
// the groups' hues in proportion to |map|, its opacity Σ|map| over the largest such sum of the layer. With
// `only`, that group alone: opacity |map| over the largest |map| of all groups, so that groups compare.
// `picture`: what of the image the layer sees (NetworkView).
Image overlay(const LayerGroups& groups, const Image& picture, std::optional<int> only = std::nullopt);

// The same in grey for what no group explains: opacity is the residual at a position over the largest length
// of an activation vector.
Image residual_overlay(const LayerGroups& groups, const Image& picture);

}  // namespace tessera::session
