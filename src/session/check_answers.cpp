#include "session/check_answers.h"

#include <stop_token>
#include <utility>
#include <vector>

#include "session/job_control.h"
#include "session/shared.h"
#include "tessera/check/check.h"

namespace tessera::session {

void CheckAnswers::serve(engine::Engine& engine) {
  engine.answer_together<CheckModel>(
      [this](const std::vector<engine::Member<CheckModel>>& members) { answer(members.front()); });
  engine.answer_with<FindCheck>([this](const FindCheck& query, engine::Job&) {
    FoundCheck found;
    if (auto report = store_.find(query.network)) found.report = shared(*std::move(report));
    return shared(std::move(found));
  });
}

void CheckAnswers::answer(const engine::Member<CheckModel>& member) {
  const CheckModel& query = member.query();
  engine::Job& job = member.job();
  std::shared_ptr<const Image> picture;
  if (query.image) picture = images_.open(*query.image);
  const std::shared_ptr<model::Model> model =
      models_.open(intact(query.model), picture.get(), job, model_load_share);
  const CheckedNetwork network = checked_network(model->card());
  if (!query.anew && !query.image)
    if (auto kept = store_.find(network)) return member.finish(shared(*std::move(kept)));
  job.throw_if_cancelled();

  check::CheckOptions options;
  if (picture) {
    options.picture = picture.get();
    options.picture_name = query.image->file.path.filename().string();
  }
  // Asked to stop by whoever asked for it, and by what must not wait for it.
  std::stop_source stop;
  const std::stop_callback cancelled(job.stop_token(), [&stop] { stop.request_stop(); });
  attribution::Control control = control_of(job);
  control.stop = stop.get_token();
  control.progress = [&stop, &job, told = std::move(control.progress)](float fraction,
                                                                       std::string_view stage) {
    told(fraction, stage);
    if (job.should_give_way()) stop.request_stop();
  };
  try {
    check::Report report = check::check(*model, options, control);
    if (!query.image) store_.keep(network, report);
    member.finish(shared(std::move(report)));
  } catch (const engine::Cancelled&) {
    if (job.cancelled()) throw;
    member.put_back();
  }
}

}  // namespace tessera::session
