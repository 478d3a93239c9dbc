#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/figure/lettering.h"
#include "tessera/featurevis/icon.h"

namespace tessera::app {

struct SheetIcon {
  int channel = 0;
  std::shared_ptr<const featurevis::Icon> icon;  // nullptr: there is none
};

// Icons in rows for review, each with its channel below it; one that failed has a red frame and says how, one
// that is missing is an empty place. `columns` 0: about as wide as high.
Image contact_sheet(const std::string& title, const std::vector<SheetIcon>& icons, int size, int columns,
                    const Lettering& lettering);

}  // namespace tessera::app
