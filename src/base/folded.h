#pragma once

#include <string>
#include <string_view>

namespace tessera {

// UTF-8 text in the form in which two texts are compared where case does not matter: Unicode's full case
// folding, composed (NFC), so that "ÖL" is "öl", "STRASSE" is "Straße", and an accent may be a character of
// its own. Text that is not UTF-8 only has its ASCII letters made small.
std::string folded(std::string_view text);

}  // namespace tessera
