// Sets of figures and their index, drawn by nobody.
#include "app/figure/figure_set.h"

#include <fstream>
#include <sstream>

#include "app/reports/figure_index.h"
#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/provenance.h"
#include "tessera/image/save.h"

namespace tessera::test::figure_set_test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// Writes what Tessera would take for its own, but for the figure that fails.
struct FakeDrawer {
  std::string failing;
  std::vector<fs::path> written;

  app::FigureDrawer drawer() {
    return {[](const session::ImageRef& image) {
              if (image.file.path.filename() == "broken.png")
                throw Error("the picture is broken", image.file.path.filename().string());
            },
            [this](const session::ImageRef& image, const app::FigureOptions& options) {
              if (options.figure == failing) throw Error("the <layer> is & was \"odd\"", options.figure);
              figure::Provenance made;
              made.version = "0.1.0";
              made.figure = options.figure;
              made.model = {"net.pt", std::string(32, 'a'), 1};
              made.model_title = "net";
              made.preprocessing = model::to_text(model::preprocessing_from_text("unit,64x64"));
              made.image = {image.file.path.filename().string(), std::string(32, 'b'), 1};
              made.page = {2, 1, options.dark, true, true};
              image::save_png(Image(2, 2), options.file,
                              {{std::string(figure::provenance_keyword), figure::to_json(made)}});
              written.push_back(options.file);
              return app::WrittenFigure{2, 2, "About " + image.file.path.filename().string() + ", <b>"};
            }};
  }
};

app::FigureSet set_of(const fs::path& folder, std::vector<fs::path> images) {
  app::FigureSet set;
  set.images = std::move(images);
  set.folder_for_each = set.images.size() > 1;
  set.folder = folder;
  set.model = "net";
  set.version = "0.1.0";
  set.page = text_of(source_folder() / "assets" / "index.html");
  return set;
}

std::size_t occurrences(const std::string& text, const std::string& of) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(of, at)) != std::string::npos; at += of.size()) ++count;
  return count;
}

bool is_usage_error(const Finished& run, const std::string& expected) {
  return run.exit_code == 2 && run.out.empty() && run.err.find(expected) != std::string::npos;
}

}  // namespace

TEST_CASE("a set holds every figure of the catalogue, and an index that shows them", "[cli]") {
  const TemporaryFolder folder;
  FakeDrawer fake;
  std::vector<double> told;
  app::FigureSet set = set_of(folder.path() / "out", {"cat.png"});
  set.progress = [&](double done) { told.push_back(done); };
  const app::WrittenSet written = write_figure_set(set, fake.drawer());
  CHECK(written.failures.empty());
  CHECK(written.figures == figure::catalogue().size());
  for (const figure::Figure& figure : figure::catalogue())
    CHECK(fs::is_regular_file(folder.path() / "out" / (figure.name + ".png")));
  CHECK(told.back() == double(figure::catalogue().size()));

  const std::string page = text_of(written.index);
  CHECK(written.index == folder.path() / "out" / "index.html");
  CHECK(occurrences(page, "<img ") == figure::catalogue().size());
  CHECK(page.find("<a href=\"overview.png\">") != std::string::npos);
  CHECK(page.find("About cat.png, &lt;b&gt;") != std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find('@') == std::string::npos);  // nothing is left to fill in
}

TEST_CASE("a set that is stopped has an index of the pictures that are done", "[cli]") {
  const TemporaryFolder folder;
  FakeDrawer fake;
  app::FigureSet set = set_of(folder.path() / "out", {"cat.png", "dog.png"});
  std::string between;
  set.progress = [&](double done) {
    if (done > double(figure::catalogue().size()) && between.empty())
      between = text_of(folder.path() / "out" / "index.html");
  };
  const std::string page = text_of(write_figure_set(set, fake.drawer()).index);
  CHECK(occurrences(between, "<img ") == figure::catalogue().size());
  CHECK(between.find("1 of 2 pictures") != std::string::npos);
  CHECK(occurrences(page, "<img ") == 2 * figure::catalogue().size());
  CHECK(page.find("1 of 2 pictures") == std::string::npos);
}

TEST_CASE("a figure that fails is named, in the index too, and keeps none of the others", "[cli]") {
  const TemporaryFolder folder;
  FakeDrawer fake{"grids", {}};
  const app::WrittenSet written =
      write_figure_set(set_of(folder.path(), {"a/cat.png", "broken.png", "b/dog.jpg"}), fake.drawer());
  CHECK(written.figures == 2 * (figure::catalogue().size() - 1));
  REQUIRE(written.failures.size() == 3);
  CHECK(written.failures[0].find("grids of cat.png: ") == 0);
  CHECK(written.failures[1].find("broken.png") != std::string::npos);
  CHECK(written.failures[2].find("grids of dog.jpg: ") == 0);
  CHECK_FALSE(fs::exists(folder.path() / "cat" / "grids.png"));
  CHECK(fs::exists(folder.path() / "dog" / "sheet.png"));
  const std::string page = text_of(written.index);
  CHECK(page.find("the &lt;layer&gt; is &amp; was &quot;odd&quot;") != std::string::npos);
  CHECK(page.find("the picture is broken") != std::string::npos);
  CHECK(page.find("<a href=\"dog/sheet.png\">") != std::string::npos);
}

TEST_CASE("figures of Tessera's own are replaced, what somebody else put there is not", "[cli]") {
  const TemporaryFolder folder;
  FakeDrawer fake;
  const app::FigureSet set = set_of(folder.path(), {"cat.png"});
  REQUIRE(write_figure_set(set, fake.drawer()).failures.empty());
  CHECK(write_figure_set(set, fake.drawer()).failures == std::vector<std::string>{});

  fs::remove(folder.path() / "sheet.png");
  image::save_png(Image(3, 3), folder.path() / "sheet.png");
  const std::string before = text_of(folder.path() / "sheet.png");
  std::ofstream(folder.path() / "notes.txt") << "mine";
  const app::WrittenSet again = write_figure_set(set, fake.drawer());
  REQUIRE(again.failures.size() == 1);
  CHECK(again.failures[0].find("left alone") != std::string::npos);
  CHECK(text_of(folder.path() / "sheet.png") == before);
  CHECK(text_of(folder.path() / "notes.txt") == "mine");

  std::ofstream(folder.path() / "index.html") << "<html>mine</html>";
  fake.written.clear();
  CHECK_THROWS_AS(write_figure_set(set, fake.drawer()), Error);
  CHECK(fake.written.empty());  // before anything is drawn
}

TEST_CASE("pictures of one name have their figures in folders apart", "[cli]") {
  CHECK(app::folder_names({"x/a.png", "x/b.jpg", "x/a.jpg"}) ==
        std::vector<std::string>{"a.png", "b", "a.jpg"});
}

TEST_CASE("what comes from outside is escaped in pages and addresses", "[cli]") {
  CHECK(app::escaped_for_html("<a href='x'>&\"</a>") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
  CHECK(app::escaped_for_url("my cat/100%?#\".png") == "my%20cat/100%25%3F%23%22.png");
  app::FigureIndex index;
  index.title = "<title>";
  index.images = {{"<img>.png", "", {{"Sheet", "a b/\"x.png", "@TITLE@ <i>", ""}}}};
  const std::string page = app::figure_index(index, "@TITLE@|@BODY@");
  CHECK(page.starts_with("&lt;title&gt;|"));
  CHECK(page.find("&lt;img&gt;.png") != std::string::npos);
  CHECK(page.find("href=\"a%20b/%22x.png\"") != std::string::npos);
  CHECK(page.find("@TITLE@ &lt;i&gt;") != std::string::npos);  // no place of the page
}

TEST_CASE("all figures at once are refused where it makes no sense", "[cli]") {
  const auto figure = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"figure", "--all"});
    return tessera(more);
  };
  CHECK(is_usage_error(figure({}), "IMAGE"));
  CHECK(is_usage_error(figure({"cat.png"}), "-o"));
  CHECK(is_usage_error(figure({"overview", "cat.png", "-o", "out"}), "every figure"));
  CHECK(is_usage_error(figure({"cat.png", "-o", "out", "--set", "facters=3"}), "Did you mean factors"));
  CHECK(is_usage_error(figure({"cat.png", "-o", "out", "--set", "factors=99"}), "from 2 to 6"));
  CHECK(is_usage_error(figure({"cat.png", "-o", "out", "--python", "a.py"}), "--python"));
  CHECK(is_usage_error(tessera({"figure", "sheet", "cat.png", "--python", "a.txt"}), ".py"));
  const TemporaryFolder empty;
  CHECK(failed_with(figure({empty.path().string(), "-o", (empty.path() / "out").string()}), 1,
                    "no picture in this folder"));
}

TEST_CASE("a picture that cannot be opened makes a set fail, and its index says why", "[cli]") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "bad.png") << "no picture";
  const Finished run = tessera({"figure", "--all", (folder.path() / "bad.png").string(), "-o",
                                (folder.path() / "out").string(), "--model", data("tiny/tiny_resnet.pt")});
  CHECK(run.exit_code == 1);
  CHECK(run.err.find("bad.png") != std::string::npos);
  CHECK(text_of(folder.path() / "out" / "index.html").find("class=\"failure\"") != std::string::npos);
}

}  // namespace tessera::test::figure_set_test
