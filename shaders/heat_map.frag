#version 330 core

// Colours all channels of a cube: src/render/color_map.cpp's color_of and channel_scale for every texel of an atlas.

uniform sampler2D values;  // tiles without borders, in a grid of `columns`
uniform sampler2D ranges;  // one texel a tile: its least and greatest finite value
uniform sampler2D table;   // 256 colours
uniform ivec2 tile;        // size in texels
uniform ivec2 cell;        // tile and border, up to a multiple of four
uniform int border;
uniform int columns;
uniform int channels;
uniform vec2 range;        // low, high
uniform bool diverging;
uniform bool per_channel;
uniform bool fade;
uniform bool veil;
uniform float veil_opacity;
uniform vec3 not_finite;

out vec4 color;

// By its bits: isnan() may always be false in this version of the language.
bool is_finite(float value) { return (floatBitsToUint(value) & 0x7F800000u) != 0x7F800000u; }

vec2 limits_of(ivec2 grid) {
  if (!per_channel) return range;
  vec2 extremes = texelFetch(ranges, grid, 0).rg;
  if (!diverging) return vec2(min(0.0, extremes.x), extremes.y);
  float reach = max(abs(extremes.x), abs(extremes.y));
  return vec2(-reach, reach);
}

float place(float value, vec2 limits) {
  float inside = max(limits.x, min(value, limits.y));
  if (diverging) {
    float reach = max(abs(limits.x), abs(limits.y));
    return reach > 0.0 ? 0.5 + 0.5 * (inside / reach) : 0.5;
  }
  float span = limits.y - limits.x;
  return span > 0.0 ? (inside - limits.x) / span : 0.0;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  ivec2 grid = pixel / cell;
  if (grid.y * columns + grid.x >= channels) {
    color = vec4(0.0);
    return;
  }
  ivec2 inside = clamp(pixel % cell - border, ivec2(0), tile - 1);
  float value = texelFetch(values, grid * tile + inside, 0).r;
  if (!is_finite(value)) {
    color = vec4(not_finite, 1.0);
    return;
  }
  float t = place(value, limits_of(grid));
  float magnitude = diverging ? abs(2.0 * t - 1.0) : t;
  color = vec4(texelFetch(table, ivec2(int(t * 255.0 + 0.5), 0), 0).rgb,
               veil ? veil_opacity * (1.0 - t) : fade ? magnitude : 1.0);
}
