// Figures in files, and the files that they are of.
#include <fstream>

#include "figure/refusal.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/content_hash.h"
#include "tessera/figure/queries.h"
#include "tessera/image/save.h"

namespace tessera::test::files_test {

using namespace tessera;
using figure::FileIdentity;
using figure::FindFile;

namespace {

std::filesystem::path written(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string json() {
  figure::Provenance made;
  made.version = "0.1.0";
  made.figure = "overview";
  made.model = {"net.pt", std::string(32, 'a'), 7};
  made.model_title = "Net";
  made.preprocessing = "imagenet";
  made.image = {"cat.png", std::string(32, 'b'), 8};
  made.page = {100, 1, false, true, true};
  return figure::to_json(made);
}

}  // namespace

TEST_CASE("a file is told by what is in it", "[figure]") {
  const test::TemporaryFolder folder;
  const FileIdentity cat = figure::identify(written(folder.path() / "cat.png", "meow"));
  CHECK(cat.name == "cat.png");
  CHECK(cat.bytes == 4);
  CHECK(is_content_hash(cat.hash));
  CHECK(figure::identify(written(folder.path() / "copy.png", "meow")).hash == cat.hash);
  CHECK(figure::identify(written(folder.path() / "dog.png", "woof")).hash != cat.hash);
  CHECK_THROWS_AS(figure::identify(folder.path() / "missing.png"), Error);
}

TEST_CASE("names that a figure could not carry are written otherwise", "[figure]") {
  const test::TemporaryFolder folder;
  CHECK(figure::identify(written(folder.path() / "a\nb\\c.png", "x")).name == "a_b_c.png");
}

TEST_CASE("a file is found under any name: first among those known, then in folders", "[figure]") {
  const test::TemporaryFolder folder;
  const auto cat = written(folder.path() / "a" / "cat.png", "meow");
  const auto copy = written(folder.path() / "b" / "renamed.png", "meow");
  const auto dog = written(folder.path() / "b" / "cat.png", "woof");
  FindFile query{figure::identify(cat), {dog, copy}, {folder.path() / "a"}};
  CHECK(figure::find_file(query) == copy);
  query.files = {dog, folder.path() / "missing.png", folder.path()};
  CHECK(figure::find_file(query) == cat);
  query.folders = {folder.path() / "nowhere", folder.path() / "b"};
  CHECK(figure::find_file(query) == copy);
}

TEST_CASE("a file that is nowhere is named", "[figure]") {
  const test::TemporaryFolder folder;
  const FileIdentity cat = figure::identify(written(folder.path() / "a" / "cat.png", "meow"));
  // Of the same length, so that only the hash tells.
  const FindFile query{cat, {written(folder.path() / "cat.png", "woof")}, {folder.path()}};
  CHECK(test::refusal_of([&] { figure::find_file(query); }) ==
        "cat.png: the file that this figure was made of is not known here. Put it beside the figure, or "
        "choose it");
}

TEST_CASE("the engine answers: what a picture is, what made it, where its files are", "[figure]") {
  const test::TemporaryFolder folder;
  engine::Engine engine;
  figure::serve(engine);
  const auto picture = folder.path() / "figure.png";
  image::save_png(Image(2, 2), picture, {{"tessera", json()}});
  const auto read = engine.wait(figure::ReadFigure{session::stamp(picture)});
  REQUIRE(read->made);
  CHECK(figure::to_json(*read->made) == json());

  const auto plain = folder.path() / "plain.png";
  image::save_png(Image(2, 2), plain, {{"Title", "no figure"}});
  CHECK_FALSE(engine.wait(figure::ReadFigure{session::stamp(plain)})->made);

  const auto strange = folder.path() / "strange.png";
  image::save_png(Image(2, 2), strange, {{"tessera", "{}"}});
  CHECK(test::refusal_of([&] {
          engine.wait(figure::ReadFigure{session::stamp(strange)});
        }).find("strange.png") != std::string::npos);

  const auto identity = engine.wait(figure::IdentifyFile{session::stamp(plain)});
  CHECK(*identity == figure::identify(plain));
  CHECK(engine.wait(FindFile{*identity, {}, {folder.path()}})->file == plain);
  CHECK_THROWS_AS(engine.wait(FindFile{*identity, {picture}, {}}), Error);
}

}  // namespace tessera::test::files_test
