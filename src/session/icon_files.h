#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tessera/featurevis/icon_pack.h"
#include "tessera/featurevis/icon_store.h"
#include "tessera/session/icon_options.h"
#include "tessera/session/icon_queries.h"

namespace tessera::session {

// Icons that are there already: packs, and the store. Both lanes use it.
class IconFiles {
 public:
  explicit IconFiles(IconOptions options);

  // What identifies a model's icons. Reads its file once for each stamp. Throws Error.
  featurevis::Network network(const ModelRef& model);

  // nullptr where it has to be rendered, also where the model's file cannot be read.
  std::shared_ptr<const featurevis::Icon> find(const RenderIcon& wanted);
  IconSheet sheet(const ModelRef& model, const std::string& layer);

  void keep(const RenderIcon& wanted, const std::string& precision, const featurevis::Icon& icon);

  const IconOptions& options() const { return options_; }

 private:
  using Pack = std::shared_ptr<const featurevis::IconPack>;
  std::vector<Pack> packs_of(const featurevis::Network& network, const std::string& layer);
  void open_packs();
  void warn(const std::string& sentence) const;

  const IconOptions options_;
  featurevis::IconStore store_;
  std::mutex mutex_;
  std::list<std::pair<std::string, featurevis::Network>> networks_;  // by the reference's key, newest first
  std::optional<std::vector<Pack>> packs_;                           // once they have been looked for
};

}  // namespace tessera::session
