#include "ui/fake_groups.h"

#include <algorithm>
#include <memory>

#include "tessera/factorization/facts.h"
#include "tessera/factorization/objective.h"
#include "ui/fake_session.h"
#include "ui/fake_values.h"

namespace tessera::test {
namespace {

using factorization::Factorization;
using session::LayerGroups;

std::string method_of(int steps) { return steps == 0 ? "linear " : "path "; }

attribution::LayerGradient gradient(const session::Gradient& query) {
  attribution::LayerGradient made;
  made.layer = query.layer;
  made.activations = fake_cube(query.layer);
  auto gradient = std::make_shared<Cube>(*made.activations);
  for (std::size_t i = 0; i < gradient->values.size(); ++i)
    gradient->values[i] = sign_of(int(i) % gradient->channels);
  made.gradient = gradient;
  return made;
}

Factorization found(const session::GroupsRequest& request, const session::GroupInputs& inputs) {
  factorization::Request wanted;
  wanted.method = request.method;
  wanted.k = request.k;
  factorization::LayerValues values;
  values.activations = *inputs.activations;
  Cube attributions(inputs.activations->height, inputs.activations->width, inputs.activations->channels);
  if (inputs.gradient) {
    values.gradients = *inputs.gradient;
    for (std::size_t i = 0; i < attributions.values.size(); ++i)
      attributions.values[i] = inputs.activations->values[i] * inputs.gradient->values[i];
    values.attributions = attributions;
  }
  return factorization::factorize_for(request.objective, values, wanted);
}

// ⟨G, gradient of class 0⟩.
float contribution(const factorization::Matrix& cube) {
  float sum = 0;
  for (int row = 0; row < cube.rows; ++row)
    for (int channel = 0; channel < cube.columns; ++channel) sum += cube.at(row, channel) * sign_of(channel);
  return sum;
}

session::GroupAttributions effects(const session::AttributeGroups& query) {
  const LayerGroups& groups = *query.groups;
  session::GroupAttributions made;
  made.all.logits = fake_logits(groups.layer);
  made.all.baseline_logits.assign(made.all.logits.size(), 0.0f);
  made.all.effects.targets = made.all.logits.size();
  made.all.effects.atoms = std::size_t(groups.groups()) + 1;
  const float share = query.steps == 0 ? 0.5f : 1.0f;
  for (int k = 0; k < int(made.all.logits.size()); ++k) {
    for (int i = 0; i < groups.groups(); ++i)
      made.all.effects.values.push_back(share * float(k + 1) *
                                        contribution(factorization::group_cube(groups.factorization, i)));
    made.all.effects.values.push_back(
        share * float(k + 1) *
        contribution(factorization::residual_cube(groups.factorization, *groups.activations)));
  }
  return made;
}

attribution::GroupFlows flows(const session::GroupFlow& query) {
  attribution::GroupFlows made;
  const bool towards = query.towards.has_value();
  made.flows.atoms = std::size_t(query.earlier->groups()) + 1;
  made.flows.targets = std::size_t(query.later->groups()) + (towards ? 1 : 0);
  const float share = query.steps == 0 ? 0.5f : 1.0f;
  made.value = made.baseline_value = 1;
  for (std::size_t i = 0; i < made.flows.targets; ++i) {
    float into = 0.5f;
    for (std::size_t j = 0; j < made.flows.atoms; ++j) {
      made.flows.values.push_back(share * float((i + 1) * (j + 1)) * sign_of(int(i + j)));
      into += made.flows.values.back();
    }
    if (!towards) continue;
    made.bias.push_back(0.5f);
    made.later.push_back(into);
    made.later_gap += (into - 0.5f) / share - (into - 0.5f);
    made.value += into + (into - 0.5f) / share - (into - 0.5f);
  }
  return made;
}

session::GroupChain chain(const session::CompatibleGroups& query) {
  session::GroupChain made;
  for (std::size_t i = 0; i < query.layers.size(); ++i) {
    session::GroupsRequest request;
    request.model = query.model;
    request.image = query.image;
    request.layer = query.layers[i].layer;
    request.k = query.layers[i].k;
    const session::GroupInputs inputs{fake_cube(request.layer), nullptr, true};
    const LayerGroups* previous = i < query.previous.size() ? query.previous[i].get() : nullptr;
    made.compatible.push_back(std::make_shared<const LayerGroups>(
        session::describe(request, inputs, found(request, inputs), previous)));
  }
  made.independent = made.compatible;
  made.compatible_concentration.assign(query.layers.size() - 1, 0.6);
  made.independent_concentration.assign(query.layers.size() - 1, 0.4);
  return made;
}

}  // namespace

void FakeGroups::serve(engine::Engine& engine) {
  engine.answer_with<session::Gradient>([this, &engine](const session::Gradient& query, engine::Job&) {
    gate_.pass(engine, query, "gradient " + method_of(query.steps) + query.layer, query.steps > 0);
    return shared(gradient(query));
  });
  engine.answer_with<session::Groups>([this, &engine](const session::Groups& query, engine::Job&) {
    gate_.pass(engine, query, "groups " + query.request.layer + " " + std::to_string(query.request.k));
    return shared(session::describe(query.request, query.inputs, found(query.request, query.inputs),
                                    query.previous.get()));
  });
  engine.answer_with<session::TryK>([](const session::TryK& query, engine::Job&) {
    return shared(
        session::KTrial{query.request.k, found(query.request, query.inputs).residual, std::nullopt});
  });
  engine.answer_with<session::AttributeGroups>(
      [this, &engine](const session::AttributeGroups& query, engine::Job&) {
        gate_.pass(engine, query, "effects " + method_of(query.steps) + query.groups->layer, query.steps > 0);
        return shared(effects(query));
      });
  engine.answer_with<session::GroupFlow>([this, &engine](const session::GroupFlow& query, engine::Job&) {
    gate_.pass(engine, query,
               (query.towards ? "flows " : "free flows ") + method_of(query.steps) + query.earlier->layer +
                   " " + query.later->layer,
               query.steps > 0);
    return shared(flows(query));
  });
  engine.answer_with<session::CompatibleGroups>(
      [this, &engine](const session::CompatibleGroups& query, engine::Job&) {
        std::string question = "chain";
        for (const auto& member : query.layers) question += " " + member.layer;
        gate_.pass(engine, query, question);
        return shared(chain(query));
      });
}

}  // namespace tessera::test
