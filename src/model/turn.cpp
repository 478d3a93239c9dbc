#include "tessera/model/layer.h"

namespace tessera::model {

std::string to_text(const Turn& turn) {
  if (turn.none()) return "as the picture";
  if (!turn.transposed)
    return turn.flipped_rows && turn.flipped_columns ? "rotated by 180°"
           : turn.flipped_rows                       ? "flipped upside down"
                                                     : "flipped left to right";
  if (!turn.flipped_rows && !turn.flipped_columns) return "transposed";
  if (turn.flipped_rows && turn.flipped_columns) return "transposed along the other diagonal";
  // What the network did is undone by a transposition and a flip.
  return turn.flipped_columns ? "rotated by 90° counterclockwise" : "rotated by 90° clockwise";
}

}  // namespace tessera::model
