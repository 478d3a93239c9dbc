#include "session/matching_answers.h"

#include <array>
#include <memory>

#include "tessera/base/error.h"
#include "tessera/session/matching_queries.h"

namespace tessera::session {
namespace {

constexpr float matching_load_share = 0.2f;

// Whether both cut the same part out of a picture, whatever they scale it to.
bool see_the_same(const image::Fit& one, const image::Fit& other) {
  if (one.rule != other.rule) return false;
  if (one.rule == image::FitRule::stretch) return true;
  const bool same_shape = one.height * other.width == other.height * one.width;
  return same_shape && (one.rule != image::FitRule::center_crop || one.crop_fraction == other.crop_fraction);
}

std::shared_ptr<const Cube> cube_of(model::Model& model, const Image& picture, const std::string& layer) {
  return model.capture(picture, std::array{layer}).cubes.at(layer);
}

}  // namespace

void serve_matching(engine::Engine& engine, ModelShelf& models, ImageShelf& images) {
  engine.answer_with<MatchChannels>([&models, &images](const MatchChannels& query, engine::Job& job) {
    if (query.images.empty()) throw Error("there are no pictures to compare the networks on");
    factorization::ChannelCorrelation correlation;
    bool same_view = true;
    for (std::size_t i = 0; i < query.images.size(); ++i) {
      job.throw_if_cancelled();
      job.progress(matching_load_share + (1 - matching_load_share) * float(i) / float(query.images.size()),
                   "comparing on the pictures");
      const std::shared_ptr<const Image> picture = images.open(query.images[i]);
      const std::shared_ptr<model::Model> one =
          models.open(query.model, picture.get(), job, i ? 0 : matching_load_share);
      const std::shared_ptr<model::Model> other =
          models.open(query.with, picture.get(), job, i ? 0 : matching_load_share);
      if (i == 0) same_view = see_the_same(one->card().preprocessing.fit, other->card().preprocessing.fit);
      const auto cube = cube_of(*one, *picture, query.layer);
      job.throw_if_cancelled();
      correlation.add(*cube, *cube_of(*other, *picture, query.with_layer));
    }
    job.throw_if_cancelled();
    LayerMatch match{correlation.matched(), {}};
    if (!same_view)
      match.remarks.push_back(
          "The two networks cut different parts out of a picture, so their positions do not correspond "
          "exactly.");
    return std::make_shared<const LayerMatch>(std::move(match));
  });
}

}  // namespace tessera::session
