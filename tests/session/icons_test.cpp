// Icons as views and command lines ask for them.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

#include "engine/fixture.h"
#include "session/opening.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/featurevis/icon_pack.h"
#include "tessera/session/icon_queries.h"

namespace tessera::test::icons_test {
namespace {

using engine::State;
using featurevis::Channel;
using featurevis::Icon;
using session::FindIcon;
using session::IconOptions;
using session::RenderIcon;

// A session with icons, whose engine tells a test of its news: between two updates of an icon, on the lane's
// thread, where `on_news` can do what a view would do meanwhile.
struct Studio {
  News news;
  std::function<void()> on_news;
  session::Session session;
  engine::Engine engine;
  explicit Studio(IconOptions options)
      : session(std::move(options)), engine({std::size_t(1) << 30, [this, told = news.listener()] {
                                               if (on_news) on_news();
                                               told();
                                             }}) {
    session.serve(engine);
  }
};

IconOptions options_with(const std::filesystem::path& store) {
  IconOptions options;
  options.store_folder = store;
  options.attempts = 1;
  options.natural_pictures = {data("tiny/chelsea_64.png")};
  return options;
}

RenderIcon icon_of_channel(int channel, int steps = 4) {
  RenderIcon wanted{tiny_model("tiny_resnet.pt"), {"layer1", Channel{channel}, false}, {}};
  wanted.recipe.size = 32;
  wanted.recipe.steps = steps;
  return wanted;
}

RenderIcon icon_of_direction(std::vector<float> direction) {
  RenderIcon wanted = icon_of_channel(0);
  wanted.subject.objective = featurevis::Direction{std::move(direction), 0};
  return wanted;
}

int channels_of_layer(engine::Engine& engine) {
  return engine.wait(session::OpenModel{tiny_model("tiny_resnet.pt")})->find_layer("layer1")->channels;
}

std::size_t entries(const std::filesystem::path& store) {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(store))
    count += file.path().extension() == ".icon";
  return count;
}

std::string failure_of(engine::Engine& engine, const RenderIcon& wanted) {
  try {
    wait_for_icon(engine, wanted);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an icon is rendered once and found by whoever asks later", "[session]") {
  const TemporaryFolder folder;
  std::shared_ptr<const Icon> first;
  {
    Studio studio(options_with(folder.path()));
    CHECK_FALSE(studio.engine.wait(FindIcon{icon_of_channel(1)})->icon);
    first = wait_for_icon(studio.engine, icon_of_channel(1));
    CHECK(first->picture.width == 32);
    CHECK(first->quality.settled);
    CHECK(first->quality.steps == 4);
    CHECK(first->quality.natural);
  }
  CHECK(entries(folder.path()) == 1);
  Studio later(options_with(folder.path()));
  const auto found = later.engine.wait(FindIcon{icon_of_channel(1)})->icon;
  REQUIRE(found);
  CHECK(*found == *first);
}

TEST_CASE("icons asked for in one frame are made together, each with its answer", "[session]") {
  const TemporaryFolder folder;
  Studio studio(options_with(folder.path()));
  const auto ask_all = [&] {
    bool all = true;
    studio.engine.begin_frame();
    for (int channel = 0; channel < 6; ++channel)
      all = ask_icon(studio.engine, icon_of_channel(channel)).ready() && all;
    studio.engine.end_frame();
    return all;
  };
  studio.news.await(ask_all);
  CHECK(entries(folder.path()) == 6);
  const auto picture = [&](int channel) {
    return ask_icon(studio.engine, icon_of_channel(channel)).value->picture;
  };
  CHECK(picture(0) != picture(1));
}

TEST_CASE("previews come before the icon, and a cancelled one is kept and gone on from", "[session]") {
  const TemporaryFolder folder;
  Studio studio(options_with(folder.path()));
  const RenderIcon wanted = icon_of_channel(2, 64);
  studio.on_news = [&] {
    const auto known = studio.engine.peek(wanted);
    if (known.value && known.value->quality.steps == 8) studio.engine.cancel(wanted);
  };
  studio.engine.ask(wanted);
  studio.news.await([&] { return studio.engine.peek(wanted).value && !studio.engine.busy(); });
  const auto rested = studio.engine.peek(wanted);
  CHECK(rested.state == State::idle);
  REQUIRE(rested.value);
  CHECK(rested.value->quality.steps == 8);
  CHECK_FALSE(rested.value->quality.settled);
  CHECK(entries(folder.path()) == 0);

  // The next that is seen of it is later: it does not start afresh.
  std::vector<int> seen;
  studio.on_news = [&] {
    if (const auto known = studio.engine.peek(wanted).value) seen.push_back(known->quality.steps);
  };
  studio.news.await([&] { return studio.engine.ask(wanted).ready(); });
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(seen.back() > 8);
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("shorter work does not wait for icons, which go on afterwards", "[session]") {
  const TemporaryFolder folder;
  Studio studio(options_with(folder.path()));
  const RenderIcon wanted = icon_of_channel(2, 64);
  const session::Activations activations{tiny_model("tiny_resnet.pt"), small_image(), "layer1"};
  bool asked = false, came_first = false;
  studio.on_news = [&] {
    const auto icon = studio.engine.peek(wanted);
    if (!asked && icon.value) {
      asked = true;
      studio.engine.ask(activations);
    }
    if (studio.engine.peek(activations).ready() && !icon.ready()) came_first = true;
  };
  studio.news.await([&] { return studio.engine.ask(wanted).ready(); });
  CHECK(came_first);
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a pack answers before the store, by its recipe only", "[session]") {
  const TemporaryFolder folder;
  IconOptions options = options_with(folder.path() / "store");
  options.pack_folders = {folder.path() / "packs", folder.path() / "no_such_folder"};
  std::filesystem::create_directories(folder.path() / "packs" / "network");
  const RenderIcon wanted = icon_of_channel(1);
  featurevis::PackContent content;
  content.header = {session::network_of(wanted.model), "tiny", "layer1", wanted.recipe, "float32", 8};
  content.icons.resize(8);
  Icon icon{Image(32, 32), {}};
  icon.quality.objective = 17;
  content.icons[1] = icon;
  write_pack(folder.path() / "packs" / "network" / "layer1.pack", content);
  std::ofstream(folder.path() / "packs" / "broken.pack") << "rubbish";
  std::vector<std::string> warnings;
  options.warn = [&](const std::string& sentence) { warnings.push_back(sentence); };
  Studio studio(options);

  const auto found = studio.engine.wait(FindIcon{wanted})->icon;
  REQUIRE(found);
  CHECK(found->quality.objective == 17);
  CHECK_FALSE(studio.engine.wait(FindIcon{icon_of_channel(2)})->icon);
  CHECK_FALSE(studio.engine.wait(FindIcon{icon_of_channel(1, 5)})->icon);
  RenderIcon negative = wanted;
  negative.subject.negative = true;
  CHECK_FALSE(studio.engine.wait(FindIcon{negative})->icon);
  RenderIcon otherwise = wanted;
  otherwise.model.preprocessing = model::preprocessing_from_text("imagenet,64x64");
  CHECK_FALSE(studio.engine.wait(FindIcon{otherwise})->icon);

  const auto sheet = studio.engine.wait(session::FindIconSheet{wanted.model, "layer1"});
  REQUIRE(sheet->picture);
  CHECK(sheet->icons.size() == 8);
  CHECK(sheet->has(1));
  CHECK_FALSE(sheet->has(0));
  CHECK_FALSE(sheet->has(8));
  CHECK(sheet->picture->width == sheet->columns * 32);
  CHECK(sheet->picture->pixel(sheet->x(1) + 16, sheet->y(1) + 16)[0] < 10);
  CHECK(sheet->picture->pixel(sheet->x(0) + 16, sheet->y(0) + 16)[0] == 255);
  CHECK_FALSE(studio.engine.wait(session::FindIconSheet{wanted.model, "layer2"})->picture);

  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("broken.pack") != std::string::npos);
}

TEST_CASE("what cannot be made is one failed answer, and the others are made", "[session]") {
  const TemporaryFolder folder;
  Studio studio(options_with(folder.path()));
  const auto channels = std::size_t(channels_of_layer(studio.engine));
  CHECK_FALSE(failure_of(studio.engine, icon_of_direction(std::vector<float>(channels, 0))).empty());
  std::vector<float> none(channels, 1);
  none[1] = NAN;
  CHECK_FALSE(failure_of(studio.engine, icon_of_direction(none)).empty());
  CHECK_FALSE(failure_of(studio.engine, icon_of_direction({1, 2})).empty());
  CHECK_FALSE(failure_of(studio.engine, icon_of_channel(int(channels))).empty());
  RenderIcon elsewhere = icon_of_channel(0);
  elsewhere.subject.layer = "no_such_layer";
  CHECK(failure_of(studio.engine, elsewhere).find("no_such_layer") != std::string::npos);
  RenderIcon huge = icon_of_channel(0);
  huge.recipe.size = 100'000;
  CHECK_FALSE(failure_of(studio.engine, huge).empty());

  studio.news.await([&] {
    studio.engine.begin_frame();
    const bool bad = ask_icon(studio.engine, icon_of_channel(-1)).failed();
    const bool good = ask_icon(studio.engine, icon_of_channel(3)).ready();
    const bool better = ask_icon(studio.engine, icon_of_channel(4)).ready();
    studio.engine.end_frame();
    return bad && good && better;
  });
  CHECK(entries(folder.path()) == 2);
}

TEST_CASE("where nothing can be kept, icons are there all the same and it is said once", "[session]") {
  IconOptions options = options_with("/proc/nowhere");
  std::vector<std::string> warnings;
  options.warn = [&](const std::string& sentence) { warnings.push_back(sentence); };
  Studio studio(options);
  CHECK(wait_for_icon(studio.engine, icon_of_channel(0))->quality.settled);
  CHECK(wait_for_icon(studio.engine, icon_of_channel(1))->quality.settled);
  CHECK(studio.engine.wait(FindIcon{icon_of_channel(5)})->icon == nullptr);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("/proc/nowhere") != std::string::npos);
}

TEST_CASE("an icon that failed is tried again, and the answer says how often", "[session]") {
  const TemporaryFolder folder;
  IconOptions options = options_with(folder.path());
  options.attempts = 3;
  Studio studio(options);
  // After one update nothing has developed.
  const auto icon = wait_for_icon(studio.engine, icon_of_channel(1, 1));
  CHECK(icon->quality.failure != featurevis::Failure::none);
  CHECK(icon->quality.attempts == 3);
  CHECK(icon->quality.settled);
  CHECK(studio.engine.wait(FindIcon{icon_of_channel(2, 1)})->icon == nullptr);
}

TEST_CASE("a model that is not there fails with its name, and finds nothing", "[session]") {
  const TemporaryFolder folder;
  Studio studio(options_with(folder.path()));
  RenderIcon wanted = icon_of_channel(0);
  wanted.model = small_model_at(folder.path() / "gone.pt");
  CHECK_FALSE(studio.engine.wait(FindIcon{wanted})->icon);
  CHECK(failure_of(studio.engine, wanted).find("gone.pt") != std::string::npos);
}

}  // namespace tessera::test::icons_test
