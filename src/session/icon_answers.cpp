#include "session/icon_answers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>

#include "tessera/base/error.h"
#include "tessera/featurevis/icon_quality.h"
#include "tessera/image/load.h"

namespace tessera::session {
namespace {

using featurevis::Icon;
using featurevis::IconBatch;
using featurevis::IconSubject;
using featurevis::Recipe;
using Member = engine::Member<RenderIcon>;
using Members = std::vector<Member>;

constexpr float icon_load_share = 0.1f;

// Unfinished batches that are kept: some ten megabytes each.
constexpr std::size_t most_batches_shelved = 3;
constexpr std::size_t most_references = 16;

// What a batch may take while it is computed; a layer of large maps is made in smaller batches.
constexpr std::size_t most_memory = std::size_t(3) << 30;

Members remaining(const Members& members) {
  Members left;
  std::copy_if(members.begin(), members.end(), std::back_inserter(left),
               [](const Member& member) { return !member.has_left(); });
  return left;
}

bool all_cancelled(const Members& members) {
  return std::all_of(members.begin(), members.end(),
                     [](const Member& member) { return member.job().cancelled(); });
}

std::optional<std::size_t> place_of(const RenderIcon& wanted, const IconWork& work) {
  const auto first = work.find(wanted.subject);
  if (!first) return std::nullopt;
  return *first + std::size_t(wanted.recipe.variation);
}

std::string stage_of(const IconWork& work) {
  std::string text = "step " + std::to_string(work.steps());
  if (work.attempt() > 1) text += ", attempt " + std::to_string(work.attempt());
  return text;
}

Recipe without_variation(Recipe recipe) {
  recipe.variation = 0;
  return recipe;
}

}  // namespace

void IconAnswers::serve(engine::Engine& engine) {
  engine.answer_with<FindIcon>([this](const FindIcon& query, engine::Job&) {
    return std::make_shared<const FoundIcon>(FoundIcon{files_.find(query.wanted)});
  });
  engine.answer_with<FindIconSheet>([this](const FindIconSheet& query, engine::Job&) {
    return std::make_shared<const IconSheet>(files_.sheet(query.model, query.layer));
  });
  engine.answer_together<RenderIcon>([this](const Members& members) { render(members); });
}

void IconAnswers::render(const Members& all) {
  for (const Member& member : all)
    if (auto icon = files_.find(member.query())) member.finish(std::move(icon));
  Members members = remaining(all);
  if (members.empty()) return;
  if (all_cancelled(members)) throw engine::Cancelled{};

  const RenderIcon wanted = members.front().query();
  const std::string model_key = wanted.model.key();
  // Works hold on to their models.
  shelf_.remove_if([&](const Shelved& shelved) { return shelved.model != model_key; });
  const std::shared_ptr<model::Model> model =
      models_.open(wanted.model, nullptr, members.front().job(), icon_load_share);
  std::unique_ptr<IconWork> work = take_up(wanted);
  if (!work) work = begin(members, model);
  if (!work) return;

  // The others take their turn when this is done.
  for (const Member& member : members)
    if (!member.has_left() && !place_of(member.query(), *work)) member.put_back();
  members = remaining(members);
  if (members.empty()) return;
  const auto shelve = [&] {
    shelf_.push_front({model_key, std::move(work)});
    if (shelf_.size() > most_batches_shelved) shelf_.pop_back();
  };
  try {
    go_on(*work, members, wanted);
  } catch (const engine::Cancelled&) {
    shelve();
    throw;
  }
  shelve();
}

// What is on the shelf of the same icons, which goes on from there.
std::unique_ptr<IconWork> IconAnswers::take_up(const RenderIcon& wanted) {
  const Recipe recipe = without_variation(wanted.recipe);
  for (auto shelved = shelf_.begin(); shelved != shelf_.end(); ++shelved) {
    IconWork& work = *shelved->work;
    if (!work.find(wanted.subject)) continue;
    const bool is_longer = work.can_extend_to(recipe);
    if (!is_longer && !(work.recipe() == recipe && !work.finished())) continue;
    if (is_longer) work.extend_to(recipe);
    std::unique_ptr<IconWork> taken = std::move(shelved->work);
    shelf_.erase(shelved);
    return taken;
  }
  return nullptr;
}

// nullptr where none of them can be made.
std::unique_ptr<IconWork> IconAnswers::begin(const Members& members,
                                             const std::shared_ptr<model::Model>& model) {
  const RenderIcon& wanted = members.front().query();
  const Recipe recipe = without_variation(wanted.recipe);
  featurevis::check(recipe);
  std::size_t room = IconBatch::most_icons;
  if (!std::holds_alternative<featurevis::ClassLogit>(wanted.subject.objective)) {
    const std::size_t each = IconBatch::memory_per_icon(*model, wanted.subject.layer, recipe);
    room = std::clamp<std::size_t>(most_memory / std::max<std::size_t>(each, 1), 1, room);
  }
  room = std::max<std::size_t>(1, room / std::size_t(recipe.diversity));
  const std::vector<float> reference = natural(wanted, *model);
  const auto made_of = [&](const Members& of) {
    std::vector<IconSubject> subjects;
    for (const Member& member : of) {
      const IconSubject& subject = member.query().subject;
      if (subjects.size() < room && std::find(subjects.begin(), subjects.end(), subject) == subjects.end())
        subjects.push_back(subject);
    }
    return std::make_unique<IconWork>(model, std::move(subjects), recipe, reference,
                                      files_.options().attempts);
  };
  if (members.size() == 1) return made_of(members);
  try {
    return made_of(members);
  } catch (const Error&) {
    // What one asks wrongly is no other's failure.
    for (const Member& member : members) {
      try {
        made_of({member});
      } catch (const Error& error) {
        member.fail(error);
      }
    }
    const Members sound = remaining(members);
    return sound.empty() ? nullptr : made_of(sound);
  }
}

void IconAnswers::go_on(IconWork& work, const Members& all, const RenderIcon& wanted) {
  std::vector<bool> kept(work.size(), false);
  Members members = all;
  while (!work.finished()) {
    if (all_cancelled(members)) throw engine::Cancelled{};
    if (members.front().job().should_give_way()) {
      for (const Member& member : members) member.put_back();
      return;
    }
    const bool to_show = work.step();
    const std::string stage = stage_of(work);
    const float fraction = icon_load_share + (1 - icon_load_share) * work.fraction();
    if (to_show) {
      for (std::size_t i = 0; i < work.size(); ++i) {
        if (!work.finished(i) || kept[i]) continue;
        RenderIcon finished = wanted;
        finished.subject = work.subject(i);
        finished.recipe.variation = int(i % std::size_t(wanted.recipe.diversity));
        files_.keep(finished, work.precision(), work.icon(i));
        kept[i] = true;
      }
    }
    for (const Member& member : members) {
      const std::size_t place = *place_of(member.query(), work);
      if (to_show) {
        auto icon = std::make_shared<const Icon>(work.icon(place));
        if (work.finished(place))
          member.finish(std::move(icon));
        else
          member.job().preview(std::move(icon));
      }
      if (!member.has_left()) member.job().progress(fraction, stage);
    }
    members = remaining(members);
    // What is left of the work is nobody's any more.
    if (members.empty()) return;
  }
}

const std::vector<float>& IconAnswers::natural(const RenderIcon& wanted, model::Model& model) {
  const std::string layer =
      std::holds_alternative<featurevis::ClassLogit>(wanted.subject.objective) ? "" : wanted.subject.layer;
  const auto [place, is_new] = natural_.try_emplace({wanted.model.key(), layer});
  if (!is_new) return place->second;
  if (natural_.size() > most_references)
    for (auto other = natural_.begin(); other != natural_.end(); ++other)
      if (other != place) {
        natural_.erase(other);
        break;
      }
  std::vector<Image> pictures;
  for (const auto& file : files_.options().natural_pictures) {
    try {
      pictures.push_back(image::load(file));
    } catch (const Error&) {
      // Icons come without what they would be compared with.
    }
  }
  if (layer.empty() || pictures.empty()) return place->second;
  try {
    place->second = featurevis::natural_reference(model, layer, pictures);
  } catch (...) {
    natural_.erase(place);
    throw;
  }
  return place->second;
}

}  // namespace tessera::session
