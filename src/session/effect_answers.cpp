#include "session/effect_answers.h"

#include <array>
#include <memory>

#include "tessera/base/error.h"
#include "tessera/session/effect_queries.h"

namespace tessera::session {
namespace {

// The cube with the atoms' places taken by the baseline.
Cube without(const Cube& cube, const attribution::Atoms& atoms, attribution::Baseline baseline) {
  const bool groups = std::holds_alternative<attribution::GroupCubes>(atoms);
  if (groups && baseline != attribution::Baseline::zero)
    throw Error("a group's own cube has no part of the mean to be replaced by", "ablation",
                "Use the zero baseline");
  const Cube replacement = attribution::baseline_of(cube, baseline);
  Cube left = cube;
  const std::size_t count = attribution::count(atoms, cube.height, cube.width, cube.channels);
  for (std::size_t atom = 0; atom < count; ++atom) {
    const Cube taken = attribution::part(cube, atoms, atom);
    for (std::size_t i = 0; i < left.values.size(); ++i) left.values[i] -= taken.values[i];
    if (groups) continue;
    const Cube put = attribution::part(replacement, atoms, atom);
    for (std::size_t i = 0; i < left.values.size(); ++i) left.values[i] += put.values[i];
  }
  return left;
}

}  // namespace

void serve_effects(engine::Engine& engine, ModelShelf& models, ImageShelf& images) {
  engine.answer_with<Ablate>([&models, &images](const Ablate& query, engine::Job& job) {
    const std::shared_ptr<const Image> picture = images.open(query.image);
    const AttributableModel opened = models.open_attributable(query.model, *picture, job, 0.5f);
    job.throw_if_cancelled();
    const std::shared_ptr<const Cube> cube = opened.sweeps->activations(*picture, query.layer);
    const std::array cubes{*cube, without(*cube, query.atoms, query.baseline)};
    auto logits = opened.model->run_from(query.layer, cubes, *picture);
    return std::make_shared<const Ablated>(Ablated{std::move(logits[0]), std::move(logits[1])});
  });
  engine.answer_with<InputsOfChannel>([&models, &images](const InputsOfChannel& query, engine::Job& job) {
    const std::shared_ptr<const Image> picture = images.open(query.image);
    const std::shared_ptr<model::Model> model = models.open(query.model, picture.get(), job, 0.5f);
    job.throw_if_cancelled();
    return std::make_shared<const model::ChannelInputs>(
        model::channel_inputs(*model, *picture, query.layer, query.channel));
  });
}

}  // namespace tessera::session
