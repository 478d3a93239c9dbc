#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/ask.h"
#include "app/channel_range.h"
#include "app/commands/icons.h"
#include "app/data_folder.h"
#include "app/exit_code.h"
#include "app/figure/contact_sheet.h"
#include "app/find_layer.h"
#include "app/icon_folders.h"
#include "app/print.h"
#include "tessera/base/error.h"
#include "tessera/featurevis/icon_pack.h"
#include "tessera/image/save.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct IconsSheetArguments {
  IconChoice choice;
  std::string pack;
  std::filesystem::path output;
  int columns = 0;
  bool failed_only = false;
};

struct Icons {
  std::string title;
  int size = 0;
  std::vector<SheetIcon> icons;
};

std::string title_of(const std::string& model, const std::string& layer, const featurevis::Recipe& recipe) {
  return model + " · " + layer + " · " + to_text(recipe.style) + ", " + std::to_string(recipe.steps) +
         " steps, " + std::to_string(recipe.size) + " px";
}

Icons from_pack(const IconsSheetArguments& arguments) {
  const auto pack = featurevis::IconPack::open(arguments.pack);
  const featurevis::PackHeader& header = pack->header();
  Icons found{title_of(header.model, header.layer, header.recipe), header.recipe.size, {}};
  const ChannelRange range = channel_range(arguments.choice.channels, header.channels);
  for (int channel = range.first; channel <= range.last; ++channel) {
    auto icon = pack->icon(channel);
    found.icons.push_back(
        {channel, icon ? std::make_shared<const featurevis::Icon>(std::move(*icon)) : nullptr});
  }
  return found;
}

Icons from_store(const IconsSheetArguments& arguments, const Options& options) {
  Log log = make_log(options.verbose);
  session::IconOptions icon_settings = icon_options();
  if (!arguments.choice.store.empty()) icon_settings.store_folder = arguments.choice.store;
  Core core(log, icon_settings);
  const session::ModelRef model = options.model_reference();
  const auto card = ask(core, log, "opening the model", session::OpenModel{model});
  const model::LayerInfo& layer = find_layer(*card, arguments.choice.layer);
  Icons found{title_of(card->name, layer.name, arguments.choice.recipe), arguments.choice.recipe.size, {}};
  const ChannelRange range = channel_range(arguments.choice.channels, layer.channels);
  std::vector<int> channels;
  for (int channel = range.first; channel <= range.last; ++channel) channels.push_back(channel);
  auto icons = find_icons(core, model, arguments.choice, channels);
  for (std::size_t i = 0; i < icons.size(); ++i) found.icons.push_back({channels[i], std::move(icons[i])});
  return found;
}

int draw_sheet(const IconsSheetArguments& arguments, const Options& options) {
  Icons found = arguments.pack.empty() ? from_store(arguments, options) : from_pack(arguments);
  const auto failed = [](const SheetIcon& of) {
    return of.icon && of.icon->quality.failure != featurevis::Failure::none;
  };
  const auto present = std::count_if(found.icons.begin(), found.icons.end(),
                                     [](const SheetIcon& of) { return bool(of.icon); });
  const auto failures = std::count_if(found.icons.begin(), found.icons.end(), failed);
  if (present == 0)
    throw Error("there are no icons of this layer by this recipe", arguments.choice.layer + arguments.pack,
                "Make them with tessera icons render");
  if (arguments.failed_only) std::erase_if(found.icons, [&](const SheetIcon& of) { return !failed(of); });
  if (found.icons.empty())
    throw Error("no icon of these has failed", arguments.choice.layer + arguments.pack);
  const Lettering lettering(find_data_folder().fonts() / "Inter-Regular.otf");
  const Image sheet = contact_sheet(found.title, found.icons, found.size, arguments.columns, lettering);
  image::save_png(sheet, arguments.output);
  print(arguments.output.string() + ": " + std::to_string(present) + " icons, " + std::to_string(failures) +
        " failed, " + std::to_string(sheet.width) + " × " + std::to_string(sheet.height) + "\n");
  return exit_ok;
}

}  // namespace

void add_icons_sheet(CLI::App& icons, CommandLine& line) {
  auto arguments = std::make_shared<IconsSheetArguments>();
  CLI::App* command =
      icons.add_subcommand("sheet", "Draws a layer's icons into one picture for review, failed ones marked");
  CLI::Option* layer = command->add_option("-l,--layer", arguments->choice.layer,
                                           "A layer by the name that `tessera inspect` prints");
  layer->option_text("NAME");
  command->add_option("--pack", arguments->pack, "The icons of a pack instead")
      ->excludes(layer)
      ->option_text("FILE.pack");
  command->add_option("-o,--output", arguments->output, "The file to write")
      ->required()
      ->option_text("FILE.png REQUIRED");
  command->add_option("--columns", arguments->columns, "Icons in a row (default: about as many as rows)")
      ->check(CLI::Range(1, 1000))
      ->option_text("NUMBER");
  command->add_flag("--failed", arguments->failed_only, "Only those that failed");
  add_icon_choice(*command, arguments->choice);
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    if (arguments->pack.empty() && arguments->choice.layer.empty())
      throw CLI::ValidationError("--layer", "is required, or --pack");
    line.run = [&line, arguments] { return draw_sheet(*arguments, line.options); };
  });
}

}  // namespace tessera::app
