#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/model/preprocessing.h"

namespace tessera::test::preprocessing_text_test {

using namespace tessera;
using namespace tessera::model;

TEST_CASE("a preprocessing survives being written and read", "[model]") {
  Preprocessing preprocessing;
  preprocessing.fit = {299, 301, image::FitRule::letterbox, 0.875};
  preprocessing.range = 255;
  preprocessing.mean = {103.939, 116.779, 1.0 / 3};
  preprocessing.std = {1, 57.375, 0.1};
  preprocessing.order = ChannelOrder::bgr;
  CHECK(preprocessing_from_text(to_text(preprocessing)) == preprocessing);
  CHECK(preprocessing_from_text(to_text(Preprocessing{})) == Preprocessing{});
}

TEST_CASE("fields come in any order, over a preset or ImageNet", "[model]") {
  CHECK(preprocessing_from_text("imagenet") == Preprocessing{});
  CHECK(preprocessing_from_text("size=64").fit.width == 64);
  CHECK(preprocessing_from_text("96x32").fit.height == 32);
  CHECK(preprocessing_from_text("raw,size=32,order=grey").range == 255);
  CHECK(preprocessing_from_text("raw").std[1] == 1);
  CHECK(preprocessing_from_text("unit").mean[2] == 0);
  CHECK(preprocessing_from_text("inception") == preprocessing_from_text("minus_one_one"));
  CHECK(preprocessing_from_text("order=bgr,mean=0.5,64").mean[2] == 0.5);
  CHECK(preprocessing_from_text("fit=stretch,crop=0.5").fit.crop_fraction == 0.5);
}

TEST_CASE("anything else is refused", "[model]") {
  for (const char* text : {"",          "0x0",     "224x",      "x224",         "224x224x3", "5000",
                           "imagenett", "64,unit", "range=0",   "range=nan",    "range=-1",  "mean=1/2",
                           "mean=",     "std=0",   "std=1/0/1", "order=gbr",    "fit=crop",  "crop=0",
                           "crop=1.5",  "depth=3", "size=a",    "mean=1/2/3/4", "range=1,",  "range=inf"}) {
    INFO(text);
    CHECK_THROWS_AS(preprocessing_from_text(text), Error);
  }
}

}  // namespace tessera::test::preprocessing_text_test
