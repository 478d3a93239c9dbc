#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "tessera/featurevis/icon.h"
#include "tessera/featurevis/icon_objective.h"
#include "tessera/featurevis/recipe.h"
#include "tessera/model/model.h"

namespace tessera::featurevis {

// What the network computes in while icons are made. bfloat16 finds other optima than float32, as good: icons
// of one and of the other are not the same pictures, so this is part of what identifies an icon.
enum class Precision { float32, bfloat16 };
std::string to_text(Precision precision);  // "float32", "bfloat16"

// bfloat16 where the processor has instructions for it and the network's values and gradients then agree with
// float32's, which is tried at every call by running the network.
Precision choose_precision(model::Model& model);

// Icons of one layer made together: one optimisation each, in one batch through the graph truncated above the
// layer. The model must outlive it. One thread at a time, the one that may run the model.
//
// The same request gives the same bits on the same machine. Every icon draws from a generator of its own, so
// that which icons share a batch decides nothing but rounding: oneDNN may add in another order for another
// batch size, and an optimisation makes of that a picture of the same look that differs in detail.
class IconBatch {
 public:
  static constexpr std::size_t most_icons = 32;

  // Icons: `recipe.diversity` for each subject, the variations of one subject in succession, whatever
  // `recipe.variation`. `seeds`: one for each subject; empty: recipe.seed for all.
  // Throws Error for: no subject, more than 32 icons, subjects of several layers (all or none of them class
  // logits), an unknown layer, channel or class, a direction of another length, of zeros only or not finite,
  // a recipe out of range, a network that runs neither at the icon's size nor at its own.
  IconBatch(model::Model& model, std::vector<IconSubject> subjects, const Recipe& recipe,
            std::vector<std::uint64_t> seeds = {});
  ~IconBatch();
  IconBatch(IconBatch&&) noexcept;
  IconBatch& operator=(IconBatch&&) noexcept;

  // Takes up to `steps` more updates, fewer where the recipe's steps are reached or a stop is requested (no
  // exception: the icons are as they are then). Throws Error where values cease to be finite.
  void advance(int steps, const std::stop_token& stop = {});

  // Raises the recipe's steps: what follows is as if they had been so from the start.
  void extend(int steps);

  int steps() const;      // updates so far
  bool finished() const;  // the recipe's steps are reached, or no objective rises any more

  std::size_t size() const;  // icons
  Icon icon(
      std::size_t index) const;  // as it is now; `natural` is nothing, see with_natural (icon_quality.h)
  // Of the last update, in units of the layer's values before its ReLU; of negative subjects negated.
  std::vector<float> objectives() const;
  Precision precision() const;
  int input_size() const;  // pixels a side that the network sees

  // Bytes that one icon takes while it is worked on, about; as many are worked on at a time as there are
  // cores. No layer: class logits.
  static std::size_t memory_per_icon(model::Model& model, const std::string& layer, const Recipe& recipe);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// When to show previews: 8, 16, 32 … and `steps`.
std::vector<int> preview_steps(int steps);

}  // namespace tessera::featurevis
