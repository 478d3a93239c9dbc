#include "app/figure/spec_file.h"

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/read_file.h"
#include "tessera/base/error.h"
#include "tessera/figure/presets.h"
#include "tessera/figure/spec.h"

namespace tessera::app {

FigureOfSpec figure_of_spec(const std::filesystem::path& file) {
  const std::vector<std::byte> bytes = read_file(file, figure::longest_spec);
  figure::FigureSpec spec =
      figure::spec_from_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  FigureOfSpec made{"space", std::move(spec.settings)};
  if (const figure::BuiltIn* known = figure::find_built_in(spec.elements))
    made.figure = known->figure;
  else
    made.settings["spec"] = figure::to_json(figure::FigureSpec{spec.elements, {}, {}});
  return made;
}

}  // namespace tessera::app
