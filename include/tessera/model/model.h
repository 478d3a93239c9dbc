#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/base/cube.h"
#include "tessera/image/image.h"
#include "tessera/model/classification.h"
#include "tessera/model/device.h"
#include "tessera/model/layer_change.h"
#include "tessera/model/model_card.h"
#include "tessera/model/preprocessing.h"

namespace tessera::model {

struct LoadOptions {
  std::optional<Preprocessing> preprocessing;  // overrides what the archive or the sidecar says
  DeviceChoice device = DeviceChoice::automatic;
  // A network that decides by its input's values what to run is opened with the decisions of this picture;
  // null: of a neutral one.
  const Image* picture = nullptr;
  std::function<void(float fraction, std::string_view stage)> progress;  // may be empty
  std::function<bool()> cancelled;                                       // may be empty; asked now and then
};

// What the network's first batch norm finds in a picture, in units of what it saw in training; medians over
// channels. A picture that is normalised as in training has a spread near 1 and an offset below 1.
struct Surprise {
  float spread = 0;  // standard deviation over the picture
  float offset = 0;  // distance of the mean from training's
};

// One forward pass.
struct Capture {
  std::vector<float> logits;                                 // one for each class
  std::map<std::string, std::shared_ptr<const Cube>> cubes;  // by layer name, those that were asked for
  std::optional<Surprise> surprise;                          // nothing where the network has no batch norm
};

// A TorchScript network, frozen, inlined and folded, with layers that can be captured and cut.
// Not copyable; every member that runs the network must be called on one thread at a time (the inference
// lane).
class Model {
 public:
  // Reads, checks and scans the archive, loads, inlines, runs once to learn shapes, folds batch norms. What
  // only makes runs faster is left to the first of them.
  // Throws Error with one clear sentence for: no such file, not TorchScript, truncated or corrupt, a state
  // dict, side effects, custom classes, several inputs, a failing dry run (naming the module), outputs that
  // are not [1, classes]. Throws Cancelled where `options.cancelled` says so.
  static std::shared_ptr<Model> load(const std::filesystem::path& file, const LoadOptions& options = {});
  ~Model();

  const ModelCard& card() const;

  // Whether the network decides for a picture as for the one that it was opened with (LoadOptions::picture).
  // Where not, the members below that take a picture throw Error, and the model is to be opened for that
  // picture. True for all networks that run the same operations on every picture.
  bool follows(const Image& picture);

  // From now on the network goes on with something else than what a layer gives; the layer has the changed
  // value. To be called before anything else has been made of the model (sweeps, icons). Throws Error for an
  // unknown layer, the input, and cubes of another shape.
  void change_layer(const LayerChange& change);

  // One forward pass of a picture, capturing the named layers (names or aliases; cubes come back under the
  // asked name). The picture is fitted and normalised as the card says. Values are those the module returned,
  // before any later in-place operation. Throws Error for an unknown layer.
  Capture capture(const Image& picture, std::span<const std::string> layers);

  // The network above a layer, run from given cubes in one batch: logits, classes values for each cube. The
  // rest of the graph that does not depend on the layer (by-passes) keeps the values it has for `picture`.
  std::vector<std::vector<float>> run_from(const std::string& layer, std::span<const Cube> cubes,
                                           const Image& picture);

  // Class scores with labels, and the sanity verdict on this capture's logits and cubes.
  Classification classify(const Capture& capture) const;

  struct Impl;  // src/model/: for the modules that work on the graph (attribution, featurevis)
  Impl& impl() { return *impl_; }

 private:
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tessera::model
