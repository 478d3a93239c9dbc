#pragma once

namespace tessera::factorization {

// Throws Error unless k is 1…32.
void require_count(int k);

// Throws Error where the Frobenius norm of what is factorized leaves no room in float32 for the maps.
void require_size(double norm);

}  // namespace tessera::factorization
