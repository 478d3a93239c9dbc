#pragma once

namespace tessera::factorization {

// Throws Error unless k is 1…32.
void require_count(int k);

}  // namespace tessera::factorization
