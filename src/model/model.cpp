#include "tessera/model/model.h"

#include "model/torch.h"
