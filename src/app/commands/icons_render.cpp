#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/ask.h"
#include "app/channel_range.h"
#include "app/commands/icons.h"
#include "app/exit_code.h"
#include "app/find_layer.h"
#include "app/icon_folders.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/shard.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon_pack.h"
#include "tessera/featurevis/icon_store.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

using IconPointer = std::shared_ptr<const featurevis::Icon>;

struct IconsRenderArguments {
  IconChoice choice;
  std::vector<std::filesystem::path> natural_pictures;
  int attempts = 2;
  std::string shard;
  std::filesystem::path pack;
};

session::IconOptions icon_settings(const IconsRenderArguments& arguments) {
  session::IconOptions settings = icon_options();
  // What is made here shall be made, also where a pack has it already.
  settings.pack_folders.clear();
  if (!arguments.choice.store.empty()) settings.store_folder = arguments.choice.store;
  if (!arguments.natural_pictures.empty()) settings.natural_pictures = arguments.natural_pictures;
  settings.attempts = arguments.attempts;
  settings.warn = [](const std::string& sentence) { std::cerr << "tessera: " + sentence + "\n"; };
  return settings;
}

class Renderer {
 public:
  Renderer(const IconsRenderArguments& arguments, const Options& options)
      : arguments_(arguments),
        log_(make_log(options.verbose)),
        settings_(icon_settings(arguments)),
        core_(log_, settings_),
        model_(options.model_reference()),
        card_(ask(core_, log_, "opening the model", session::OpenModel{model_})),
        layer_(find_layer(*card_, arguments.choice.layer)),
        shard_(arguments.shard.empty() ? shard_from_environment(process_environment())
                                       : shard_from_text(arguments.shard)) {
    if (!arguments.pack.empty() && shard_.count > 1)
      throw Error("a pack needs the icons of all parts", "--pack",
                  "Render the parts, merge their stores, then run once more with --pack alone");
    choice_ = arguments.choice;
    choice_.layer = layer_.name;
  }

  int run() {
    const ChannelRange range = channel_range(choice_.channels, layer_.channels);
    for (int channel = range.first; channel <= range.last; ++channel)
      if (shard_.has(channel)) channels_.push_back(channel);
    icons_ = find_icons(core_, model_, choice_, channels_);
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < icons_.size(); ++i)
      if (!icons_[i]) missing.push_back(i);
    render(missing);
    print(report(missing.size()));
    if (!arguments_.pack.empty()) write();
    return exit_ok;
  }

 private:
  void render(const std::vector<std::size_t>& missing) {
    if (missing.empty()) return;
    ProgressLine line("icons", int(missing.size()), stderr, ::isatty(STDERR_FILENO) != 0);
    std::size_t done = 0;
    line.show(0);
    while (done < missing.size()) {
      const std::size_t count = std::min(session::RenderIcon::most_in_batch, missing.size() - done);
      // Asked in one frame, they are made together.
      core_.engine().begin_frame();
      for (std::size_t i = done; i < done + count; ++i) core_.engine().ask(wanted(missing[i]));
      core_.engine().end_frame();
      for (std::size_t i = done; i < done + count; ++i) {
        const auto tell = [&](const engine::Progress& progress) {
          const double left = double(done + count - i);
          line.show(double(i) + left * double(progress.fraction) * (i == done ? 1 : 0));
        };
        icons_[missing[i]] = core_.engine().wait(wanted(missing[i]), tell);
      }
      done += count;
      line.show(double(done));
    }
  }

  session::RenderIcon wanted(std::size_t index) const { return choice_.icon(model_, channels_[index]); }

  std::string report(std::size_t rendered) const {
    std::string failures;
    int failed = 0;
    for (std::size_t i = 0; i < icons_.size(); ++i) {
      const featurevis::IconQuality& quality = icons_[i]->quality;
      if (quality.failure == featurevis::Failure::none) continue;
      ++failed;
      failures += "  channel " + std::to_string(channels_[i]) + ": " + to_text(quality.failure) + " after " +
                  std::to_string(quality.attempts) + (quality.attempts == 1 ? " attempt\n" : " attempts\n");
    }
    std::string text = layer_.name + ": " + std::to_string(icons_.size()) + " icons, " +
                       std::to_string(rendered) + " made now, " + std::to_string(failed) + " failed";
    if (shard_.count > 1)
      text += ", part " + std::to_string(shard_.index) + " of " + std::to_string(shard_.count);
    return text + "\n" + failures;
  }

  // What the optimisations ran in, as the store's entries say.
  std::string precision() const {
    const featurevis::IconStore store(settings_.store_folder);
    const featurevis::Network network = network_of(model_);
    std::set<std::string> found;
    for (const int channel : channels_)
      if (const auto facts = store.facts(icon_key(network, wanted_subject(channel), choice_.recipe)))
        found.insert(facts->precision);
    return found.empty() ? "unknown" : found.size() == 1 ? *found.begin() : "mixed";
  }

  featurevis::IconSubject wanted_subject(int channel) const { return choice_.icon(model_, channel).subject; }

  void write() const {
    featurevis::PackContent content;
    content.header = {network_of(model_), card_->name, layer_.name,
                      choice_.recipe,     precision(), layer_.channels};
    content.icons.resize(std::size_t(layer_.channels));
    for (std::size_t i = 0; i < icons_.size(); ++i) content.icons[std::size_t(channels_[i])] = *icons_[i];
    std::error_code failed;
    if (arguments_.pack.has_parent_path())
      std::filesystem::create_directories(arguments_.pack.parent_path(), failed);
    write_pack(arguments_.pack, content);
    print(arguments_.pack.string() + ": " + std::to_string(icons_.size()) + " of " +
          std::to_string(layer_.channels) + " channels, " +
          std::to_string(std::filesystem::file_size(arguments_.pack)) + " bytes\n");
  }

  const IconsRenderArguments& arguments_;
  IconChoice choice_;
  Log log_;
  session::IconOptions settings_;
  Core core_;
  session::ModelRef model_;
  std::shared_ptr<const model::ModelCard> card_;
  const model::LayerInfo& layer_;
  Shard shard_;
  std::vector<int> channels_;
  std::vector<IconPointer> icons_;  // one for each of these
};

}  // namespace

void add_icons_render(CLI::App& icons, CommandLine& line) {
  auto arguments = std::make_shared<IconsRenderArguments>();
  CLI::App* command = icons.add_subcommand(
      "render",
      "Makes the icons of a layer's channels. What is finished is kept: stopped, it goes on from there");
  command->add_option("IMAGES", arguments->natural_pictures,
                      "Pictures whose values icons are compared with (default: the bundled ones)");
  command
      ->add_option("-l,--layer", arguments->choice.layer, "A layer by the name that `tessera inspect` prints")
      ->required()
      ->option_text("NAME REQUIRED");
  add_icon_choice(*command, arguments->choice);
  command
      ->add_option(
          "--attempts", arguments->attempts,
          "How often a failed icon is tried, with other seeds and from the third on longer (default: 2)")
      ->check(CLI::Range(1, 10))
      ->option_text("NUMBER");
  command
      ->add_option(
          "--shard", arguments->shard,
          "The part of the work to do, 2/8 for the third of eight (default: as Slurm, MPI or Kubernetes "
          "say in the environment)")
      ->option_text("I/N");
  command->add_option("--pack", arguments->pack, "Write the icons into one file as well")
      ->option_text("FILE.pack");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    line.run = [&line, arguments] { return Renderer(*arguments, line.options).run(); };
  });
}

}  // namespace tessera::app
