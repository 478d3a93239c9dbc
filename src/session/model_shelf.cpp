#include "session/model_shelf.h"

#include <algorithm>
#include <utility>

#include "tessera/base/error.h"

namespace tessera::session {

std::shared_ptr<model::Model> ModelShelf::open(const ModelRef& reference, const Image* picture,
                                               engine::Job& job, float share) {
  const std::string key = reference.key();
  const auto found = std::find_if(places_.begin(), places_.end(), [&](const Place& place) {
    return place.key == key && (!picture || place.opened.model->follows(*picture));
  });
  if (found != places_.end()) {
    places_.splice(places_.begin(), places_, found);
    return places_.front().opened.model;
  }

  model::LoadOptions options;
  options.preprocessing = reference.preprocessing;
  options.device = reference.device;
  options.picture = picture;
  options.progress = [&job, share](float fraction, std::string_view stage) {
    job.progress(share * fraction, stage);
  };
  options.cancelled = [&job] { return job.cancelled(); };
  // Before the load, so that three models are never in memory at once.
  while (places_.size() >= std::max<std::size_t>(1, most_)) places_.pop_back();
  std::shared_ptr<model::Model> model = model::Model::load(reference.file.path, options);
  if (reference.without) {
    const Removal& removal = *reference.without;
    if (const model::LayerInfo* layer = model->card().find_layer(removal.layer))
      model->change_layer(change_of(removal, *layer));
    else
      throw Error("there is no layer '" + removal.layer + "' in " + model->card().name);
  }
  places_.push_front({key, {model, nullptr}});
  return model;
}

AttributableModel ModelShelf::open_attributable(const ModelRef& reference, const Image& picture,
                                                engine::Job& job, float share) {
  open(reference, &picture, job, share);
  AttributableModel& opened = places_.front().opened;
  if (!opened.sweeps) opened.sweeps = std::make_shared<attribution::Sweeps>(*opened.model);
  return opened;
}

}  // namespace tessera::session
