#include "tessera/factorization/hue.h"

#include <array>

namespace tessera::factorization {
namespace {

// Chosen one after the other among sRGB colours of middle lightness (Oklab 0.42…0.86) and chroma (0.09…0.21):
// the next is the one whose least distance to those before is largest, the least being over normal vision and
// three simulations of colour blindness (Machado, Oliveira and Fernandes 2009), tritanopia, which is rare,
// counting 0.7.
constexpr std::array<Hue, hue_count> hues = {{
    {232, 120, 0},   {112, 8, 160},   {144, 152, 248}, {160, 0, 0},     {64, 240, 200},  {168, 96, 136},
    {248, 200, 40},  {120, 88, 232},  {208, 136, 152}, {192, 80, 32},   {136, 56, 104},  {136, 200, 248},
    {248, 160, 120}, {120, 80, 168},  {136, 120, 200}, {192, 112, 104}, {160, 72, 80},   {88, 176, 200},
    {120, 128, 248}, {208, 216, 144}, {128, 16, 120},  {208, 176, 0},   {88, 56, 200},   {88, 200, 192},
    {144, 8, 64},    {184, 32, 16},   {232, 136, 112}, {208, 104, 48},  {184, 120, 160}, {144, 80, 136},
    {128, 200, 152}, {136, 176, 240},
}};

}  // namespace

Hue hue_of(int identity) { return hues[std::size_t(((identity % hue_count) + hue_count) % hue_count)]; }

}  // namespace tessera::factorization
