#include "ui/fake_attributions.h"

#include <algorithm>
#include <memory>

#include "tessera/factorization/factorize.h"
#include "tessera/session/effect_queries.h"
#include "tessera/session/group_queries.h"
#include "tessera/session/matching_queries.h"
#include "tessera/session/saliency_queries.h"
#include "ui/attributions.h"
#include "ui/fake_pictures.h"
#include "ui/fake_session.h"
#include "ui/fake_values.h"

namespace tessera::test {
namespace {

using attribution::AllChannels;
using attribution::AllPositions;

// What one neuron contributes for each unit of its activation.
float weight(const attribution::Objective& objective, int channel) {
  if (const auto* one = std::get_if<attribution::ClassLogit>(&objective))
    return sign_of(channel) * float(one->index + 1);
  if (const auto* two = std::get_if<attribution::LogitDifference>(&objective))
    return sign_of(channel) * float(two->plus - two->minus);
  return channel == 1 ? 10.0f : 1.0f;
}

attribution::Attribution attribute(const session::Attribute& query) {
  attribution::Attribution made;
  made.method = query.request.method;
  made.layer = query.request.layer;
  made.activations = fake_cube(query.request.layer);
  auto values = std::make_shared<Cube>(*made.activations);
  const float share = made.method == "linear" ? 0.5f : 1.0f;
  for (std::size_t i = 0; i < values->values.size(); ++i) {
    values->values[i] *= share * weight(query.request.objective, int(i) % values->channels);
    made.total += values->values[i];
  }
  made.values = values;
  made.baseline_value = 0.25f;
  made.gap = made.total / share - made.total;
  made.value = made.baseline_value + made.total + made.gap;
  return made;
}

// Of the atoms that were asked for, and for the classes that were.
attribution::AllClasses chosen(attribution::AllClasses all, const attribution::AllClassesRequest& request,
                               int width) {
  std::vector<std::size_t> atoms;
  if (const auto* channels = std::get_if<attribution::ChosenChannels>(&request.atoms))
    atoms.assign(channels->list.begin(), channels->list.end());
  else if (const auto* positions = std::get_if<attribution::ChosenPositions>(&request.atoms))
    for (const attribution::Position& at : positions->list)
      atoms.push_back(std::size_t(at.y) * std::size_t(width) + std::size_t(at.x));
  else
    for (std::size_t i = 0; i < all.effects.atoms; ++i) atoms.push_back(i);
  attribution::Effects effects;
  effects.atoms = atoms.size();
  for (int index = 0; index < int(all.logits.size()); ++index) {
    if (!request.classes.empty() && std::ranges::find(request.classes, index) == request.classes.end())
      continue;
    all.classes.push_back(index);
    ++effects.targets;
    for (const std::size_t atom : atoms) effects.values.push_back(all.effects.at(std::size_t(index), atom));
  }
  if (request.classes.empty()) all.classes.clear();
  all.effects = std::move(effects);
  return all;
}

bool is_of_positions(const attribution::Atoms& atoms) {
  return std::holds_alternative<AllPositions>(atoms) ||
         std::holds_alternative<attribution::ChosenPositions>(atoms);
}

attribution::AllClasses all_classes(const session::AttributeAllClasses& query) {
  const auto cube = fake_cube(query.request.layer);
  const bool positions = is_of_positions(query.request.atoms);
  attribution::AllClasses made;
  made.logits = fake_logits(query.request.layer);
  made.baseline_logits.assign(made.logits.size(), 0.0f);
  made.effects.targets = made.logits.size();
  made.effects.atoms = positions ? cube->positions() : std::size_t(cube->channels);
  made.effects.values.assign(made.effects.targets * made.effects.atoms, 0.0f);
  const float share = query.request.steps == 0 ? 0.5f : 1.0f;
  for (std::size_t k = 0; k < made.effects.targets; ++k)
    for (std::size_t p = 0; p < cube->positions(); ++p)
      for (int c = 0; c < cube->channels; ++c) {
        const float value = cube->values[p * std::size_t(cube->channels) + std::size_t(c)];
        const std::size_t atom = positions ? p : std::size_t(c);
        made.effects.values[k * made.effects.atoms + atom] += share * value * sign_of(c) * float(k + 1);
      }
  return chosen(std::move(made), query.request, cube->width);
}

attribution::LayerToLayer pairs(const session::LayerToLayer& query) {
  const auto from = fake_cube(query.request.layer);
  const auto to = fake_cube(query.request.other);
  attribution::LayerToLayer made;
  if (std::holds_alternative<attribution::ChosenChannels>(query.request.atoms)) {
    made.effects.targets = std::size_t(to->channels);
    made.effects.atoms = 1;
    for (int i = 0; i < to->channels; ++i) made.effects.values.push_back(float(i));
    return made;
  }
  // `other` is the earlier one, as the view asks.
  made.other_is_earlier = true;
  made.effects.targets = from->positions();
  made.effects.atoms = to->positions();
  for (int y = 0; y < from->height; ++y)
    for (int x = 0; x < from->width; ++x)
      for (int v = 0; v < to->height; ++v)
        for (int u = 0; u < to->width; ++u)
          made.effects.values.push_back(
              v * from->height / to->height == y && u * from->width / to->width == x ? 1.0f : 0.0f);
  return made;
}

attribution::Trust trust(const session::AssessTrust&) {
  attribution::Trust made;
  made.value = 9;
  made.path_total = 8;
  made.linear_total = 4;
  made.compared = {1, 0};
  made.path = {5, 3};
  made.linear = {2, 2};
  made.ablation = {4, 3};
  made.path_ablation = {0.5f, 1.0f};
  return made;
}

featurevis::Icon icon(const session::RenderIcon& query) {
  featurevis::Icon made;
  made.quality.steps = query.recipe.steps;
  made.quality.objective = 12;
  made.quality.natural = 6.0f;
  const auto* channel = std::get_if<featurevis::Channel>(&query.subject.objective);
  made.picture = fake_picture(8, 8, channel ? channel->channel : 7);
  if (channel && channel->channel == 5) made.quality.failure = featurevis::Failure::grey;
  return made;
}

// Of the last layer, whose channel 39 the pack lacks.
session::IconSheet sheet() {
  session::IconSheet made;
  made.side = 8;
  made.columns = 8;
  made.picture = std::make_shared<const Image>(fake_picture(64, 40, 3));
  made.icons.resize(40);
  for (std::size_t channel = 0; channel + 1 < made.icons.size(); ++channel)
    made.icons[channel] = featurevis::IconQuality{};
  return made;
}

std::string name_of(const featurevis::IconSubject& subject) {
  if (const auto* channel = std::get_if<featurevis::Channel>(&subject.objective))
    return subject.layer + " " + std::to_string(channel->channel) + (subject.negative ? " negative" : "");
  return subject.layer + " direction";
}

}  // namespace

void FakeAttributions::serve(engine::Engine& engine) {
  engine.answer_with<session::Attribute>([this, &engine](const session::Attribute& query, engine::Job&) {
    const bool is_path = query.request.method == "path";
    gate_.pass(engine, query, "attribute " + query.request.method + " " + query.request.layer, is_path);
    return shared(attribute(query));
  });
  engine.answer_with<session::AttributeAllClasses>([this, &engine](const session::AttributeAllClasses& query,
                                                                   engine::Job&) {
    const bool in_full = query.request.steps > ui::sketch_steps;
    gate_.pass(engine, query,
               std::string("all classes ") + (query.request.steps == 0 ? "linear " : "path ") +
                   query.request.layer + (is_of_positions(query.request.atoms) ? " positions" : " channels"),
               in_full);
    return shared(all_classes(query));
  });
  engine.answer_with<session::LayerToLayer>(
      [this, &engine](const session::LayerToLayer& query, engine::Job&) {
        gate_.pass(engine, query, "pairs " + query.request.layer + " " + query.request.other);
        return shared(pairs(query));
      });
  engine.answer_with<session::AssessTrust>([this, &engine](const session::AssessTrust& query, engine::Job&) {
    gate_.pass(engine, query, "trust " + query.request.layer);
    return shared(trust(query));
  });
  engine.answer_with<session::SaliencyHues>(
      [](const session::SaliencyHues& query, engine::Job&) { return shared(session::saliency_hues(query)); });
  engine.answer_with<session::RenderGrid>([this, &engine](const session::RenderGrid& query, engine::Job&) {
    gate_.pass(engine, query, "grid " + query.layer);
    const auto cube = fake_cube(query.layer);
    session::GridPicture made;
    made.rows = cube->height / 2;
    made.columns = cube->width / 2;
    made.window = 2;
    made.cell = 4;
    made.picture =
        std::make_shared<const Image>(fake_picture(made.columns * made.cell, made.rows * made.cell, 5));
    made.magnitudes.assign(std::size_t(made.rows) * std::size_t(made.columns), 1.0f);
    made.steps = query.recipe.steps;
    return shared(std::move(made));
  });
  engine.answer_with<session::Ablate>([this, &engine](const session::Ablate& query, engine::Job&) {
    gate_.pass(engine, query, "ablate " + query.layer);
    session::Ablated made{fake_logits(query.layer), fake_logits(query.layer)};
    made.after[0] -= 1;
    made.after[2] -= 0.5f;
    return shared(std::move(made));
  });
  engine.answer_with<session::MatchChannels>(
      [this, &engine](const session::MatchChannels& query, engine::Job&) {
        gate_.pass(engine, query, "match " + query.layer);
        const int channels = fake_cube(query.layer)->channels;
        session::LayerMatch made;
        for (int i = 0; i < channels; ++i)
          made.channels.pairs.push_back({i, channels - 1 - i, 1 - float(i) / float(channels)});
        return shared(std::move(made));
      });
  engine.answer_with<session::InputsOfChannel>(
      [this, &engine](const session::InputsOfChannel& query, engine::Job&) {
        gate_.pass(engine, query, "inputs " + query.layer + " " + std::to_string(query.channel));
        const bool is_long = query.layer == fake_long_name(query.layer.substr(0, query.layer.find('.')));
        const std::string low = is_long ? fake_long_name("low") : "low";
        return shared(model::ChannelInputs{low, {{4, -2.0f, -3.0f}, {1, 1.0f, 0.5f}}, 0.25f});
      });
  engine.answer_with<session::Groups>([this, &engine](const session::Groups& query, engine::Job&) {
    gate_.pass(engine, query, "groups " + query.request.layer);
    factorization::Request wanted;
    wanted.method = query.request.method;
    wanted.k = query.request.k;
    wanted.clip_negative = query.request.clip_negative;
    return shared(session::describe(query.request, query.inputs,
                                    factorization::factorize(*query.inputs.activations, wanted), nullptr));
  });
  engine.answer_with<session::FindIcon>(
      [](const session::FindIcon&, engine::Job&) { return shared(session::FoundIcon{}); });
  engine.answer_with<session::FindIconSheet>([](const session::FindIconSheet& query, engine::Job&) {
    return shared(query.layer == "high" ? sheet() : session::IconSheet{});
  });
  engine.answer_together<session::RenderIcon>(
      [this](const std::vector<engine::Member<session::RenderIcon>>& members) {
        for (const auto& member : members) {
          gate_.note("icon " + name_of(member.query().subject));
          member.finish(shared(icon(member.query())));
        }
      });
}

}  // namespace tessera::test
