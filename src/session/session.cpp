#include "tessera/session/session.h"

#include <array>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "session/attribution_answers.h"
#include "session/check_answers.h"
#include "session/effect_answers.h"
#include "session/grid_answers.h"
#include "session/group_answers.h"
#include "session/icon_answers.h"
#include "session/image_shelf.h"
#include "session/matching_answers.h"
#include "session/model_shelf.h"
#include "session/recent.h"
#include "session/shared.h"
#include "tessera/base/error.h"
#include "tessera/model/libtorch.h"
#include "tessera/session/position_sum.h"
#include "tessera/session/queries.h"
#include "tessera/session/saliency_queries.h"

namespace tessera::session {
namespace {

// Where the stages of a forward pass begin in a job's progress, when the model has to be loaded first.
constexpr float opening_share = 0.8f;
constexpr float forward_start = 0.9f;

// The suggested layers, as many as fit the shelf: a large network may suggest more than anybody wants to
// keep.
std::vector<std::string> layers_to_capture(const model::ModelCard& card, std::size_t budget) {
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : card.layers) {
    const std::size_t bytes = sizeof(Cube) + layer.neurons() * sizeof(float);
    if (!layer.suggested || bytes > budget) continue;
    budget -= bytes;
    names.push_back(layer.name);
  }
  return names;
}

}  // namespace

class Session::Shelf {
 public:
  Shelf(IconOptions icons, std::filesystem::path checks)
      : files_(std::move(icons)), checks_(models_, images_, std::move(checks)) {}

  void serve_others(engine::Engine& engine) {
    attributions_.serve(engine);
    icons_.serve(engine);
    grids_.serve(engine);
    serve_effects(engine, models_, images_);
    serve_matching(engine, models_, images_);
    groups_.serve(engine);
    checks_.serve(engine);
    serve_position_sums(engine);
  }

  std::shared_ptr<const Image> answer(const OpenImage& query, engine::Job& job) {
    job.progress(0, "opening the image");
    return images_.open(query.image);
  }

  std::shared_ptr<const image::Fitted> answer(const NetworkView& query, engine::Job& job) {
    job.progress(0, "opening the image");
    const std::shared_ptr<const Image> picture = images_.open(query.image);
    job.throw_if_cancelled();
    job.progress(0.5f, "fitting the image");
    return shared(image::fit(*picture, query.fit));
  }

  std::shared_ptr<const model::ModelCard> answer(const OpenModel& query, engine::Job& job) {
    return shared(models_.open(query.model, nullptr, job)->card());
  }

  std::shared_ptr<const model::Classification> answer(const Classify& query, engine::Job& job) {
    job.progress(0, "opening the image");
    const std::shared_ptr<const Image> picture = images_.open(query.image);
    const std::shared_ptr<model::Model> model = models_.open(query.model, picture.get(), job, opening_share);
    const std::vector<std::string> layers = layers_to_capture(model->card(), cubes_.budget());
    const model::Capture capture = run(*model, *picture, layers, job);
    for (const auto& [layer, cube] : capture.cubes)
      cubes_.put(Activations{query.model, query.image, layer}.key(), cube);
    return shared(model->classify(capture));
  }

  std::shared_ptr<const LayerActivations> answer(const Activations& query, engine::Job& job) {
    if (std::shared_ptr<const Cube> cube = cubes_.take(query.key()))
      return shared(summarize(std::move(cube)));
    job.progress(0, "opening the image");
    const std::shared_ptr<const Image> picture = images_.open(query.image);
    const std::shared_ptr<model::Model> model = models_.open(query.model, picture.get(), job, opening_share);
    const std::array layers{query.layer};
    const model::Capture capture = run(*model, *picture, layers, job);
    return shared(summarize(capture.cubes.at(query.layer)));
  }

 private:
  static model::Capture run(model::Model& model, const Image& picture, std::span<const std::string> layers,
                            engine::Job& job) {
    job.throw_if_cancelled();
    job.progress(forward_start, "forward pass");
    return model.capture(picture, layers);
  }

  ModelShelf models_;
  ImageShelf images_;
  // Cubes that a forward pass captured ahead of being asked for, until they are. Inference lane only.
  Recent<Cube> cubes_{std::size_t(256) << 20};
  AttributionAnswers attributions_{models_, images_};
  IconFiles files_;
  IconAnswers icons_{models_, files_};
  GridAnswers grids_{models_, images_, files_};
  GroupAnswers groups_{models_, images_};
  CheckAnswers checks_;
};

Session::Session(IconOptions icons, std::filesystem::path checks)
    : shelf_(std::make_unique<Shelf>(std::move(icons), std::move(checks))) {}
Session::~Session() = default;

void Session::serve(engine::Engine& engine) {
  engine.explain_with(model::explain_failure);
  const auto serve = [&]<class Q>(std::type_identity<Q>) {
    engine.answer_with<Q>(
        [shelf = shelf_.get()](const Q& query, engine::Job& job) { return shelf->answer(query, job); });
  };
  serve(std::type_identity<OpenImage>{});
  serve(std::type_identity<NetworkView>{});
  serve(std::type_identity<OpenModel>{});
  serve(std::type_identity<Classify>{});
  serve(std::type_identity<Activations>{});
  engine.answer_with<SaliencyHues>(
      [](const SaliencyHues& query, engine::Job&) { return shared(saliency_hues(query)); });
  shelf_->serve_others(engine);
}

}  // namespace tessera::session
