#include "tessera/figure/setting.h"

#include "figure/refusal.h"
#include "support/catch.h"

namespace tessera::test::setting_test {

using namespace tessera;
using figure::Setting;
using figure::SettingKind;
using figure::Value;
using test::refusal_of;

namespace {

const Setting sort{"sort", SettingKind::word, "Order", std::nullopt, 0, 0, {"mean", "spread", "index"}};
const Setting k{"k", SettingKind::whole, "Groups", std::int64_t(6), 1, 32};
const Setting share{"share", SettingKind::number, "Share", 0.5, 0, 1};
const Setting layers{"layers", SettingKind::layers, "Layers", std::nullopt, 1, 3};
const Setting channel{"channel", SettingKind::channel, "Channel"};
const Setting place{"place", SettingKind::place, "Place"};
const Setting on{"on", SettingKind::truth, "On", false};

}  // namespace

TEST_CASE("values survive the way through the command line's text", "[figure]") {
  const auto round_trip = [](const Setting& setting, const Value& value) {
    return figure::value_from_text(setting, figure::to_text(value)) == value;
  };
  CHECK(round_trip(sort, std::string("spread")));
  CHECK(round_trip(k, std::int64_t(32)));
  CHECK(round_trip(share, 0.1));
  CHECK(round_trip(share, 1.0 / 3));
  CHECK(round_trip(layers, std::vector<std::string>{"blocks.5.expand", "blocks.8.expand"}));
  CHECK(round_trip(channel, std::string("a:b:17")));
  CHECK(figure::layer_in("a:b:17") == "a:b");
  CHECK(round_trip(place, std::string("blocks.5.expand:0.25,1")));
  CHECK(round_trip(on, true));
  CHECK(round_trip(on, false));
  CHECK(figure::value_from_text(on, "yes") == Value(true));
  CHECK(figure::value_from_text(share, "1") == Value(1.0));
}

TEST_CASE("values out of range are refused with what is possible", "[figure]") {
  CHECK(refusal_of([] { figure::value_from_text(sort, "median"); }) ==
        "sort: 'median' is not possible. It takes mean, spread or index");
  CHECK(refusal_of([] { figure::value_from_text(k, "33"); }) ==
        "k: '33' is not possible. It takes a whole number from 1 to 32");
  for (const char* text : {"0", "", " 6", "6 ", "6.0", "six", "+6", "0x6", "99999999999999999999"})
    CHECK_THROWS_AS(figure::value_from_text(k, text), Error);
  for (const char* text : {"-0.1", "1.1", "nan", "inf", "1,0", ""})
    CHECK_THROWS_AS(figure::value_from_text(share, text), Error);
  for (const char* text : {"", "a,,b", ",", "a,b,c,d"})
    CHECK_THROWS_AS(figure::value_from_text(layers, text), Error);
  for (const char* text : {"", "7", ":7", "a:", "a:-1", "a:x", "a:7,8"})
    CHECK_THROWS_AS(figure::value_from_text(channel, text), Error);
  for (const char* text : {"", "0.1,0.2", ":0.1,0.2", "a:0.1", "a:0.1,1.1", "a:0.1,nan", "a:0.1,0.2,0.3"})
    CHECK_THROWS_AS(figure::value_from_text(place, text), Error);
  CHECK_THROWS_AS(figure::value_from_text(on, "True"), Error);
  CHECK_THROWS_AS(figure::value_from_text(layers, std::string(figure::longest_text + 1, 'x')), Error);
}

TEST_CASE("values of another type are refused", "[figure]") {
  CHECK_NOTHROW(figure::check(k, std::int64_t(1)));
  CHECK_THROWS_AS(figure::check(k, 1.0), Error);
  CHECK_THROWS_AS(figure::check(k, std::string("1")), Error);
  CHECK_THROWS_AS(figure::check(on, std::int64_t(1)), Error);
  CHECK_THROWS_AS(figure::check(layers, std::string("a")), Error);
}

TEST_CASE("a long text is shown shortened", "[figure]") {
  CHECK(refusal_of([] { figure::value_from_text(sort, std::string(5000, 'x')); }).size() < 200);
}

}  // namespace tessera::test::setting_test
