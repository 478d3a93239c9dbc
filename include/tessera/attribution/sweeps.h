#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/base/cube.h"
#include "tessera/image/image.h"
#include "tessera/model/model.h"

namespace tessera::attribution {

// How derivatives were carried through the network; of several, the last that was needed anywhere.
enum class Engine {
  linearised,       // every operation by its own linear rule
  dual_numbers,     // some operations have none: forward-mode derivatives by LibTorch
  batched_backward  // some have no forward-mode derivative either: a backward pass for each output
};

enum class Direction {
  automatic,  // the smaller side
  backward,   // a gradient for each target
  forward     // a tangent for each atom
};

// How an answer came about. `remarks` are sentences for a person ("blocks.3 does not influence the
// objective").
struct MethodNote {
  Engine engine = Engine::linearised;
  Direction direction = Direction::backward;
  GradientRules rules;
  std::size_t points = 1;  // that derivatives were averaged over
  std::vector<std::string> remarks;
};
std::string to_text(const MethodNote& note);  // "linearised, forward, exact pooling"

// A layer and the gradient of an objective there; everything that is not downstream of the layer is held
// fixed.
struct LayerGradient {
  std::string layer;                        // as asked for
  std::shared_ptr<const Cube> activations;  // of the picture
  std::shared_ptr<const Cube> gradient;     // zero where the layer has no influence
  bool influences = true;
};
std::size_t memory_cost(const LayerGradient& value);

struct Pullback {
  float value = 0;  // of the objective
  std::vector<LayerGradient> layers;
  MethodNote note;
};
std::size_t memory_cost(const Pullback& value);

struct MeanGradients {
  std::vector<float> values;          // of the objective, at each point
  std::vector<LayerGradient> layers;  // mean gradients over the points; activations are the picture's
  MethodNote note;
};
std::size_t memory_cost(const MeanGradients& value);

// What effects are measured on.
struct Target {
  std::string layer;  // empty: the class logits, and only `classes` counts
  // Each atom j is read as ⟨part_j(weights), tangent⟩.
  Atoms atoms = AllPositions{};
  // Null: class-free, where a position is measured by its length (PositionNorm), a channel by its sum, a
  // neuron by its value, a group by GroupActivation, the whole cube by its length. Else any cube of the
  // layer's shape: with a gradient ḡ of an objective, the effects are those towards it. GroupCubes are
  // class-free only; GroupShares need weights.
  std::shared_ptr<const Cube> weights;
  std::vector<int> classes = {};  // whose logits, one target each, in this order; empty: all of them
};

// What is varied.
struct Source {
  std::string layer;
  Atoms atoms = AllPositions{};
  // Null: the picture's own cube is what the atoms are parts of. Else this one (the cube less a baseline).
  std::shared_ptr<const Cube> cube;
  // Where derivatives are taken: empty for the picture's cube (linear); else their mean over these cubes of
  // the layer (midpoints of a path). What is not downstream of the layer stays as for the picture.
  std::vector<Cube> points;
};

// One number for each target and atom: the atom's effect on the target, ⟨part_j(weights), J part_i(cube)⟩.
struct Effects {
  std::size_t targets = 0;
  std::size_t atoms = 0;
  std::vector<float> values;  // targets × atoms, row-major

  float at(std::size_t target, std::size_t atom) const { return values[target * atoms + atom]; }
};
std::size_t memory_cost(const Effects& value);

struct Sweep {
  std::vector<Effects> effects;  // one for each target that was asked for
  MethodNote note;
};
std::size_t memory_cost(const Sweep& value);

// Where the parts of a layer go: J part_i(cube) at a later layer, one cube for each atom; along a path the
// mean.
struct Pushed {
  std::vector<Cube> tangents;
  MethodNote note;
};

// The two sweeps that every attribution is made of (design: One sweep back, one sweep forward). Keeps the
// recorded forward pass of the last pictures, so that further questions about one cost no forward pass. For
// one thread at a time: the inference lane. The model must outlive it.
//
// Every member throws Error for layers that do not exist or come in the wrong order, atoms and objectives
// that the model does not have, cubes of another shape, gradients that are not finite; and Cancelled.
class Sweeps {
 public:
  explicit Sweeps(model::Model& model);
  ~Sweeps();

  // One sweep back: an objective's gradient at several earlier layers ("input" is one) from one forward and
  // one backward pass. attribution = product(activations, gradient).
  Pullback pullback(const Image& picture, const Objective& objective, std::span<const std::string> layers,
                    const GradientRules& rules = {}, const Control& control = {});

  // The same with the network run from each of the given cubes of `layer` (midpoints of a path, say), in
  // batches: the mean of the gradients at `layers`, which are `layer` or later ones.
  MeanGradients gradients_at(const Image& picture, const std::string& layer, std::span<const Cube> points,
                             const Objective& objective, std::span<const std::string> layers,
                             const GradientRules& rules = {}, const Control& control = {});

  // The effect of every atom of a layer on every target: one sweep forward with a tangent for each atom, or
  // one back with a gradient for each target, whichever is less work unless `direction` says so. Positions ×
  // all classes of a layer: effects(picture, {layer}, {{}}).
  Sweep effects(const Image& picture, const Source& source, std::span<const Target> targets,
                const GradientRules& rules = {}, const Control& control = {},
                Direction direction = Direction::automatic);

  // The tangents themselves, for atoms that are few: what they do to any target later is then a product, with
  // no sweep. Nothing where an operation on the way has no forward derivative.
  std::optional<Pushed> push(const Image& picture, const Source& source, const std::string& later,
                             const GradientRules& rules = {}, const Control& control = {});

  // An objective's value with a layer's cube replaced, for each of the cubes; no gradients. In batches.
  std::vector<float> values_at(const Image& picture, const std::string& layer, std::span<const Cube> cubes,
                               const Objective& objective, const Control& control = {});

  // A later layer's cube with an earlier layer's replaced.
  Cube response(const Image& picture, const std::string& layer, const Cube& cube, const std::string& later);

  // A layer's cube for a picture.
  std::shared_ptr<const Cube> activations(const Image& picture, const std::string& layer);

  // All class logits for a picture.
  std::vector<float> logits(const Image& picture);

  struct Impl;  // src/attribution/

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace tessera::attribution
