#pragma once

namespace tessera::render {

// Whether the current OpenGL context draws on the processor (Mesa's llvmpipe and its like), where every
// sample of a pixel costs as much as a pixel.
bool draws_in_software();

}  // namespace tessera::render
