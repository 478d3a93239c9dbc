#pragma once

namespace tessera::featurevis {

// How alpha icons are kept from filling their frame (design: Numbers, Alpha icons): the objective is
// multiplied by 1 - price·(mean opacity). Counted in steps, not in shares of the recipe's, so that an icon
// may be taken further than was first asked for.
inline constexpr int opacity_is_free_until = 40;
inline constexpr int opacity_costs_fully_from = 80;
inline constexpr float opacity_price = .95f;

inline float price_of_opacity(int step) {
  if (step < opacity_is_free_until) return 0;
  if (step >= opacity_costs_fully_from) return opacity_price;
  return opacity_price * float(step - opacity_is_free_until) /
         float(opacity_costs_fully_from - opacity_is_free_until);
}

}  // namespace tessera::featurevis
