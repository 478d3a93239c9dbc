#include "session/icon_files.h"

#include <algorithm>
#include <cmath>
#include <system_error>

#include "tessera/base/error.h"

namespace tessera::session {
namespace {

constexpr std::size_t most_networks = 16;
constexpr double most_sheet_pixels = 64e6;

void paste(const Image& picture, Image& onto, int x, int y) {
  for (int row = 0; row < picture.height; ++row)
    std::copy_n(picture.pixel(0, row), std::size_t(picture.width) * 3, onto.pixel(x, y + row));
}

}  // namespace

IconFiles::IconFiles(IconOptions options)
    : options_(std::move(options)), store_(options_.store_folder, options_.store_limit) {}

featurevis::Network IconFiles::network(const ModelRef& model) {
  const std::string key = model.key();
  {
    std::lock_guard lock(mutex_);
    for (const auto& [known, network] : networks_)
      if (known == key) return network;
  }
  const featurevis::Network network = network_of(model);
  std::lock_guard lock(mutex_);
  networks_.emplace_front(key, network);
  if (networks_.size() > most_networks) networks_.pop_back();
  return network;
}

std::shared_ptr<const featurevis::Icon> IconFiles::find(const RenderIcon& wanted) {
  try {
    const featurevis::Network of = network(wanted.model);
    std::optional<featurevis::Icon> icon;
    if (const auto channel = channel_of(wanted.subject))
      for (const Pack& pack : packs_of(of, wanted.subject.layer))
        if (!icon && pack->header().recipe == wanted.recipe) icon = pack->icon(*channel);
    if (!icon) icon = store_.find(icon_key(of, wanted.subject, wanted.recipe));
    return icon ? std::make_shared<const featurevis::Icon>(std::move(*icon)) : nullptr;
  } catch (const Error&) {
    // Whoever renders it will say what is wrong with the model.
    return nullptr;
  }
}

IconSheet IconFiles::sheet(const ModelRef& model, const std::string& layer) {
  std::vector<Pack> packs;
  try {
    packs = packs_of(network(model), layer);
  } catch (const Error&) {
    return {};
  }
  if (packs.empty()) return {};
  const auto standard = std::find_if(packs.begin(), packs.end(), [](const Pack& pack) {
    return pack->header().recipe == featurevis::standard_recipe();
  });
  const featurevis::IconPack& pack = standard == packs.end() ? *packs.front() : **standard;

  IconSheet sheet;
  sheet.recipe = pack.header().recipe;
  sheet.side = sheet.recipe.size;
  const int channels = pack.header().channels;
  sheet.columns = int(std::ceil(std::sqrt(double(channels))));
  const int rows = (channels + sheet.columns - 1) / sheet.columns;
  if (double(sheet.columns) * rows * sheet.side * sheet.side > most_sheet_pixels) return {};
  Image picture(sheet.columns * sheet.side, rows * sheet.side);
  std::fill(picture.rgb.begin(), picture.rgb.end(), std::uint8_t(255));
  sheet.icons.resize(std::size_t(channels));
  for (int channel = 0; channel < channels; ++channel) {
    const auto icon = pack.icon(channel);
    if (!icon) continue;
    paste(icon->picture, picture, sheet.x(channel), sheet.y(channel));
    sheet.icons[std::size_t(channel)] = icon->quality;
  }
  sheet.picture = std::make_shared<const Image>(std::move(picture));
  return sheet;
}

void IconFiles::keep(const RenderIcon& wanted, const std::string& precision, const featurevis::Icon& icon) {
  store_.put(facts_of(network(wanted.model), wanted.subject, wanted.recipe, precision), icon);
  if (const std::string warning = store_.take_warning(); !warning.empty()) warn(warning);
}

std::vector<IconFiles::Pack> IconFiles::packs_of(const featurevis::Network& network,
                                                 const std::string& layer) {
  std::lock_guard lock(mutex_);
  if (!packs_) open_packs();
  std::vector<Pack> found;
  for (const Pack& pack : *packs_)
    if (pack->header().network == network && pack->header().layer == layer) found.push_back(pack);
  return found;
}

void IconFiles::open_packs() {
  packs_.emplace();
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::path& folder : options_.pack_folders) {
    std::error_code problem;
    for (std::filesystem::recursive_directory_iterator file(folder, problem), end; !problem && file != end;
         file.increment(problem)) {
      std::error_code ignored;
      if (file->path().extension() == ".pack" && file->is_regular_file(ignored))
        files.push_back(file->path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files) {
    try {
      packs_->push_back(featurevis::IconPack::open(file));
    } catch (const Error& error) {
      warn(std::string("Icons of a pack are not shown: ") + error.what());
    }
  }
}

void IconFiles::warn(const std::string& sentence) const {
  if (options_.warn) options_.warn(sentence);
}

}  // namespace tessera::session
