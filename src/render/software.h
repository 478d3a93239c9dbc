#pragma once

namespace tessera::render {

// Whether the current OpenGL context draws on the processor (Mesa's llvmpipe and its like), where every
// sample of a pixel costs as much as a pixel.
bool draws_in_software();

// Gives each thread of llvmpipe in this process a processor of its own, where there are as many: left to the
// scheduler, two of them share one for whole frames while something with less priority keeps the other. Does
// nothing elsewhere.
void spread_software_renderer();

}  // namespace tessera::render
