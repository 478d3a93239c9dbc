#include "app/figure/figure_set.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/reports/figure_index.h"
#include "base/read_file.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_page = std::size_t(1) << 26;

void make_folder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem || !fs::is_directory(folder))
    throw Error("the folder could not be made", folder.string(), "Choose another with -o");
}

void refuse_stranger(const fs::path& file, bool is_ours) {
  if (!is_ours)
    throw Error("there is a file that Tessera did not make; it is left alone", file.string(),
                "Choose another folder with -o");
}

void check_place_of_figure(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) refuse_stranger(file, figure::read_figure(file).made.has_value());
}

void check_place_of_index(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return;
  const auto bytes = read_file(file, longest_page);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  refuse_stranger(file, text.find(index_mark) != std::string_view::npos);
}

// How far one figure is: by the answers that are missing, of the most that were.
class Share {
 public:
  double done(std::size_t missing) {
    most_ = std::max(most_, missing);
    return most_ > 0 ? 1 - double(missing) / double(most_ + 1) : 0;
  }

 private:
  std::size_t most_ = 0;
};

class SetWriter {
 public:
  SetWriter(const FigureSet& set, const FigureDrawer& drawer) : set_(set), drawer_(drawer) {}

  WrittenSet write() {
    make_folder(set_.folder);
    written_.index = set_.folder / "index.html";
    check_place_of_index(written_.index);
    index_.model = set_.model;
    index_.version = set_.version;
    const std::vector<std::string> names = folder_names(set_.images);
    for (std::size_t i = 0; i < set_.images.size(); ++i) {
      write_image(set_.images[i], set_.folder_for_each ? names[i] : std::string());
      if (i + 1 < set_.images.size()) write_index();
    }
    write_index();
    return std::move(written_);
  }

 private:
  // After every picture, so that whoever stops a long run has an index of what is there.
  void write_index() const {
    FigureIndex index = index_;
    index.title = set_.images.size() == 1 ? index.images.front().name
                                          : std::to_string(set_.images.size()) + " pictures";
    if (index.images.size() < set_.images.size())
      index.title = std::to_string(index.images.size()) + " of " + index.title;
    write_file_atomically(written_.index, figure_index(index, set_.page));
  }

  void write_image(const fs::path& file, const std::string& folder) {
    const session::ImageRef image{session::stamp(file)};
    IndexedImage entry;
    entry.name = file.filename().string();
    try {
      drawer_.check(image);
      for (const figure::Figure& figure : figure::catalogue()) {
        entry.figures.push_back(write_figure(figure, image, folder));
        tell(++done_);
      }
    } catch (const Error& error) {
      entry.failure = error.what();
      written_.failures.push_back(entry.failure);
      done_ += figure::catalogue().size();
      tell(double(done_));
    }
    index_.images.push_back(std::move(entry));
  }

  IndexedFigure write_figure(const figure::Figure& figure, const session::ImageRef& image,
                             const std::string& folder) {
    IndexedFigure entry;
    entry.title = figure.title;
    entry.file = (folder.empty() ? "" : folder + "/") + figure.name + ".png";
    try {
      FigureOptions options = set_.look;
      options.figure = figure.name;
      options.file = set_.folder / folder / (figure.name + ".png");
      check_place_of_figure(options.file);
      make_folder(options.file.parent_path());
      if (set_.settings)
        options.settings = [&](const model::ModelCard& card) { return set_.settings(figure.name, card); };
      Share share;
      options.waiting = [&](std::size_t missing) { tell(double(done_) + share.done(missing)); };
      entry.caption = drawer_.write(image, options).caption;
      ++written_.figures;
    } catch (const Error& error) {
      entry.failure = error.what();
      written_.failures.push_back(figure.name + " of " + image.file.path.filename().string() + ": " +
                                  entry.failure);
    }
    return entry;
  }

  void tell(double done) const {
    if (set_.progress) set_.progress(done);
  }

  const FigureSet& set_;
  const FigureDrawer& drawer_;
  FigureIndex index_;
  WrittenSet written_;
  std::size_t done_ = 0;
};

}  // namespace

std::vector<std::string> folder_names(const std::vector<fs::path>& images) {
  std::map<std::string, int> times;
  for (const fs::path& image : images) ++times[image.stem().string()];
  std::vector<std::string> names;
  for (const fs::path& image : images) {
    const std::string stem = image.stem().string();
    names.push_back(times[stem] == 1 ? stem : image.filename().string());
  }
  return names;
}

WrittenSet write_figure_set(const FigureSet& set, const FigureDrawer& drawer) {
  return SetWriter(set, drawer).write();
}

}  // namespace tessera::app
