#pragma once

#include "base/strict_json.h"
#include "tessera/figure/catalogue.h"

namespace tessera::figure {

strict_json::Json settings_to_json(const Settings& settings);

// Only what the figure has, of the type and in the range that it says. Throws Error.
Settings settings_from_json(const Figure& figure, const strict_json::Json& json,
                            const strict_json::Subject& subject);

}  // namespace tessera::figure
