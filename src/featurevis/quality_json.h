#pragma once

#include "base/strict_json.h"
#include "tessera/featurevis/icon.h"

namespace tessera::featurevis {

strict_json::Json to_json(const IconQuality& quality);
IconQuality quality_from_json(const strict_json::Json& json);  // strict; throws Error

}  // namespace tessera::featurevis
