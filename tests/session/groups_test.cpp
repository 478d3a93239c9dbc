// Groups of a layer asked through the engine, as views and command lines do.
#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <set>

#include "session/opening.h"
#include "support/catch.h"
#include "tessera/factorization/factorize.h"
#include "tessera/factorization/objective.h"
#include "tessera/session/ask_groups.h"
#include "tessera/session/attribution_queries.h"

namespace tessera::test::groups_test {
namespace {

using session::GroupsRequest;
using session::LayerGroups;

GroupsRequest groups_at(const std::string& layer, int k = 4, const std::string& network = "tiny_resnet.pt") {
  GroupsRequest request;
  request.model = tiny_model(network);
  request.image = small_image();
  request.layer = layer;
  request.k = k;
  return request;
}

std::string refusal_of(engine::Engine& engine, const GroupsRequest& request) {
  try {
    wait_for_groups(engine, request);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

double squares(const std::vector<float>& values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

// The atoms as a set: directions in the order of the first entry of each row.
std::set<std::vector<float>> directions_of(const LayerGroups& groups) {
  std::set<std::vector<float>> rows;
  for (int i = 0; i < groups.groups(); ++i) {
    const auto row = groups.factorization.directions.row(i);
    rows.emplace(row.begin(), row.end());
  }
  return rows;
}

}  // namespace

TEST_CASE("groups of a layer come with what can be said of them", "[session]") {
  Opened opened;
  const auto groups = wait_for_groups(opened.engine, groups_at("layer2"));
  REQUIRE(groups->groups() == 4);
  CHECK(groups->height == 8);
  CHECK(groups->width == 8);
  CHECK(groups->activations->channels == 48);
  CHECK(groups->identities == std::vector<int>{0, 1, 2, 3});
  CHECK(groups->maps->channels == 4);
  CHECK(groups->maps->values == groups->factorization.maps.values);
  CHECK(groups->remarks.empty());
  const double size = squares(groups->activations->values);
  CHECK(squares(groups->residual_map->values) == Approx(groups->unexplained() * size).epsilon(1e-3));
  double explained = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t at = std::size_t(i);
    CHECK(groups->hues[at] == factorization::hue_of(i));
    CHECK(groups->continued[at].previous == -1);
    CHECK(groups->magnitudes[at] == Approx(factorization::magnitude(groups->factorization, i)));
    REQUIRE(groups->top_channels[at].size() == 10);
    CHECK(groups->top_channels[at][0].weight >= groups->top_channels[at][1].weight);
    explained += groups->explained(i);
  }
  CHECK(explained == Approx(1 - groups->unexplained()).margin(1e-3));

  factorization::Request plain;
  plain.k = 4;
  CHECK(groups->factorization.maps == factorization::factorize(*groups->activations, plain).maps);
}

TEST_CASE("groups are about what the objective says", "[session]") {
  Opened opened;
  GroupsRequest request = groups_at("layer2");
  request.towards = attribution::ClassLogit{3};
  request.steps = GENERATE(0, 10);
  session::Attribute attribute{request.model, request.image, {}};
  attribute.request.layer = "layer2";
  attribute.request.objective = *request.towards;
  attribute.request.method = request.steps > 0 ? "path" : "linear";
  attribute.request.steps = 10;
  const auto attributed = opened.engine.wait(attribute);
  const auto gradient = opened.engine.wait(session::Gradient{request.model, request.image, "layer2",
                                                             *request.towards, request.steps, request.rules});
  const Cube product = attribution::product(*gradient->activations, *gradient->gradient);
  REQUIRE(product.values.size() == attributed->values->values.size());
  for (std::size_t i = 0; i < product.values.size(); i += 37)
    CHECK(product.values[i] == Approx(attributed->values->values[i]).margin(1e-5));

  for (const factorization::Objective objective :
       {factorization::Objective{0, 1, 0}, factorization::Objective{0, 0, 1},
        factorization::Objective{1, 0.5, 2}}) {
    request.objective = objective;
    const auto groups = wait_for_groups(opened.engine, request);
    factorization::Request same;
    same.k = 4;
    const factorization::Factorization expected =
        factorization::factorize_for(objective, {*gradient->activations, *gradient->gradient, product}, same);
    CHECK(groups->factorization.maps == expected.maps);
    CHECK(groups->factorization.directions == expected.directions);
    CHECK(groups->factorization.residual == expected.residual);
  }
}

TEST_CASE("a change of k keeps who is who, previews at once, and does not depend on what was shown before",
          "[session]") {
  session::Session session;
  std::mutex mutex;
  std::vector<std::shared_ptr<const LayerGroups>> seen;
  engine::Engine* asked = nullptr;
  session::Groups watched;
  engine::EngineOptions options;
  // On the lane's thread, while the job waits: nothing is missed.
  options.notify = [&] {
    const std::lock_guard lock(mutex);
    if (!asked) return;
    const auto answer = asked->peek(watched);
    if (answer.value && (seen.empty() || seen.back() != answer.value)) seen.push_back(answer.value);
  };
  engine::Engine engine(options);
  session.serve(engine);

  const auto before = wait_for_groups(engine, groups_at("layer2", 4));
  {
    const std::lock_guard lock(mutex);
    watched = {groups_at("layer2", 5), {before->activations, nullptr, true}, before, {}};
    asked = &engine;
  }
  const auto after = wait_for_groups(engine, groups_at("layer2", 5), before);
  {
    const std::lock_guard lock(mutex);
    asked = nullptr;
    REQUIRE_FALSE(seen.empty());  // the preview; and the answer, where it was told of before `wait` returned
    CHECK(seen[0] != after);
    CHECK((seen.size() == 1 || (seen.size() == 2 && seen[1] == after)));
    CHECK(seen[0]->groups() == 5);
    CHECK(seen[0]->factorization.residual < before->factorization.residual);
  }
  const auto alone = wait_for_groups(engine, groups_at("layer2", 5));
  CHECK(directions_of(*after) == directions_of(*alone));
  CHECK(after->factorization.residual == Approx(alone->factorization.residual).epsilon(1e-9));

  int continued = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    const factorization::Match match = after->continued[i];
    if (match.previous < 0) continue;
    ++continued;
    CHECK(match.cosine >= 0.3f);
    CHECK(after->identities[i] == before->identities[std::size_t(match.previous)]);
    CHECK(after->hues[i] == before->hues[std::size_t(match.previous)]);
  }
  CHECK(continued >= 2);
  CHECK(std::set<int>(after->identities.begin(), after->identities.end()).size() == 5);
  const auto back = wait_for_groups(engine, groups_at("layer2", 4), after);
  CHECK(std::set<int>(back->identities.begin(), back->identities.end()).size() == 4);
  CHECK(back->key != after->key);
}

TEST_CASE("the groups of another layer start anew, those of another objective are continued", "[session]") {
  Opened opened;
  const auto before = wait_for_groups(opened.engine, groups_at("layer2", 4));
  const auto other = wait_for_groups(opened.engine, groups_at("layer3", 4), before);
  for (const factorization::Match& match : other->continued) CHECK(match.previous == -1);
  GroupsRequest blend = groups_at("layer2", 4);
  blend.objective = {1, 0, 0.2};
  blend.towards = attribution::ClassLogit{3};
  blend.steps = 0;
  const auto close = wait_for_groups(opened.engine, blend, before);
  CHECK(std::count_if(close->continued.begin(), close->continued.end(),
                      [](const factorization::Match& match) { return match.previous >= 0; }) >= 2);
}

TEST_CASE("every method answers, with its own sign", "[session]") {
  Opened opened;
  for (const auto method : {factorization::Method::semi_nmf, factorization::Method::pca,
                            factorization::Method::clusters, factorization::Method::channels}) {
    GroupsRequest request = groups_at("layer2", 3);
    request.method = method;
    const auto groups = wait_for_groups(opened.engine, request);
    CHECK(groups->groups() == (method == factorization::Method::channels ? 48
                               : method == factorization::Method::pca    ? 4
                                                                         : 3));
    if (method == factorization::Method::pca) CHECK(groups->hues.back() == factorization::no_group);
  }
}

TEST_CASE("each k is tried in the background, and what was found is there when it is wanted", "[session]") {
  Opened opened;
  const GroupsRequest request = groups_at("layer2", 3);
  const session::KCurve curve = wait_for_k_curve(opened.engine, request, 8);
  REQUIRE(curve.complete);
  REQUIRE(curve.trials.size() == 8);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(curve.trials[i].k == int(i) + 1);
    REQUIRE(curve.trials[i].stability);
    CHECK(*curve.trials[i].stability > 0);
    CHECK(*curve.trials[i].stability <= 1 + 1e-6);
    if (i > 0) CHECK(curve.trials[i].residual < 1.02 * curve.trials[i - 1].residual);
  }
  CHECK(curve.knee >= 2);
  CHECK(curve.knee <= 7);
  const auto kept = wait_for_groups(opened.engine, request);
  CHECK(kept->factorization.residual == curve.trials[2].residual);
  Opened fresh;
  CHECK(wait_for_groups(fresh.engine, request)->key == kept->key);
  // As a view asks: nothing new is computed.
  const session::KCurve asked = ask_k_curve(opened.engine, request, 8);
  CHECK(asked.complete);
  CHECK(asked.knee == curve.knee);
}

TEST_CASE("what decides groups is in their key, and nothing else", "[session]") {
  const session::Groups plain{groups_at("layer2"), {}, nullptr, {}};
  std::set<std::string> keys{plain.key()};
  int changes = 0;
  const auto changed = [&](auto change) {
    session::Groups query = plain;
    change(query.request);
    keys.insert(query.key());
    ++changes;
  };
  changed([](auto& request) { request.layer = "layer1"; });
  changed([](auto& request) { request.k = 5; });
  changed([](auto& request) { request.seed = 1; });
  changed([](auto& request) { request.restarts = 0; });
  changed([](auto& request) { request.clip_negative = true; });
  changed([](auto& request) { request.method = factorization::Method::pca; });
  changed([](auto& request) { request.objective = {0, 1, 0}; });
  changed([](auto& request) { request.objective = {0, 0, 1}; });
  changed([](auto& request) { request.objective = {0, 0, 1}, request.steps = 0; });
  changed([](auto& request) { request.objective = {0, 0, 1}, request.towards = attribution::ClassLogit{1}; });
  CHECK(keys.size() == std::size_t(changes) + 1);
  session::Groups query = plain;
  query.request.towards = attribution::ClassLogit{1};  // activations alone are of no class
  query.request.steps = 3;
  query.view = "slider";
  CHECK(query.key() == plain.key());
  CHECK(query.tag() == "slider");
}

TEST_CASE("what has no groups fails with a sentence that names the layer", "[session]") {
  Opened opened;
  CHECK(refusal_of(opened.engine, groups_at("layer9")).find("layer9") != std::string::npos);
  CHECK(refusal_of(opened.engine, groups_at("layer2", 33)).find("layer2") != std::string::npos);
  CHECK(!refusal_of(opened.engine, groups_at("layer2", 0)).empty());
  GroupsRequest request = groups_at("layer2");
  request.objective = {0, 1, 0};
  CHECK(refusal_of(opened.engine, request).find("Choose a class") != std::string::npos);
  request.towards = attribution::ClassLogit{99};
  CHECK(!refusal_of(opened.engine, request).empty());
  request.towards = attribution::ClassLogit{3};
  request.objective = {0, -1, 1};
  CHECK(refusal_of(opened.engine, request).find("negative") != std::string::npos);
  request.objective = {0, 0, 0};
  CHECK(refusal_of(opened.engine, request).find("zero") != std::string::npos);
  // bn1 is before its ReLU.
  const std::string negative = refusal_of(opened.engine, groups_at("bn1"));
  CHECK(negative.find("bn1") != std::string::npos);
  CHECK(negative.find("negative") != std::string::npos);
  request = groups_at("bn1");
  request.clip_negative = true;
  const auto clipped = wait_for_groups(opened.engine, request);
  REQUIRE(clipped->remarks.size() == 1);
  CHECK(clipped->remarks[0].find("negative") != std::string::npos);
}

}  // namespace tessera::test::groups_test
