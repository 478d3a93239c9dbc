#include "figure/figures.h"

namespace tessera::figure {
namespace {

using Kind = SettingKind;

std::vector<std::string> words(std::initializer_list<const char*> list) { return {list.begin(), list.end()}; }

// What several figures have in common. Where a setting has nothing usual, the model or the picture suggests.
Setting layer() { return {"layer", Kind::layer, "The layer that is shown"}; }
Setting layers() { return {"layers", Kind::layers, "The layers that are shown", std::nullopt, 1, 64}; }
Setting objective() { return {"class", Kind::class_index, "The class in question"}; }
Setting against() { return {"against", Kind::class_index, "The class that it is compared with"}; }
Setting channel() { return {"channel", Kind::channel, "A channel that is pinned"}; }
Setting picked() {
  return {"picked", Kind::channels, "Channels whose contributions the picture shows together"};
}
Setting place() { return {"place", Kind::place, "A position that is pinned, and all views mark"}; }
Setting method() {
  return {"method", Kind::word, "How contributions are measured", std::string("path"),
          0,        0,          words({"path", "linear"})};
}
Setting pooling() {
  return {"pooling", Kind::word, "How gradients pass max pools",           std::string("exact"),
          0,         0,          words({"exact", "proportional", "lucid"})};
}
Setting checkerboard() {
  return {"checkerboard",
          Kind::word,
          "What becomes of the pattern that strides leave in maps",
          std::string("kept"),
          0,
          0,
          words({"kept", "cancelled", "difference"})};
}
Setting map() {
  return {"map", Kind::word, "What a channel's map on the picture shows", std::string("activation"),
          0,     0,          words({"activation", "attribution"})};
}
Setting scale() {
  return {"scale",
          Kind::word,
          "One scale for all panels, or each on its own",
          std::string("shared"),
          0,
          0,
          words({"shared", "own"})};
}

Figure overview() {
  return {
      "overview",
      "Image and classes",
      "The picture, the classes that the network sees in it, and the channels of some layers that fire most",
      {layers(), layer(), channel(), place(), map()}};
}

Figure dictionary() {
  return {"dictionary",
          "Semantic dictionary",
          "What a layer detects at one position: its activations there, each with an icon of what it detects",
          {layer(),
           place(),
           channel(),
           {"basis", Kind::word, "What the vector is broken into: channels, principal components or groups",
            std::string("channels"), 0, 0, words({"channels", "components", "groups"})}}};
}

Figure grids() {
  return {
      "grids",
      "Activation grids",
      "What each layer makes of every position: the icon of its activation vector there",
      {layers(),
       place(),
       {"size", Kind::word, "Whole cells, or their area or side in proportion to the magnitude of activation",
        std::string("whole"), 0, 0, words({"whole", "area", "side"})},
       {"content", Kind::word, "Icons in the cells, or the first three principal components as colours",
        std::string("icons"), 0, 0, words({"icons", "components"})}}};
}

Figure spatial() {
  return {
      "spatial",
      "Spatial attribution",
      "What speaks for which classes, and where: attribution from positions to all classes, in a few hues",
      {layers(),
       place(),
       method(),
       pooling(),
       checkerboard(),
       scale(),
       {"factors", Kind::whole, "How many hues", std::int64_t(3), 2, 6}}};
}

Figure channels() {
  return {"channels",
          "Channel attribution",
          "For each layer the channels that contribute most to the class, with what they detect",
          {objective(), against(), layers(), channel(), picked(), place(), method(), pooling(),
           checkerboard(), map(), scale()}};
}

Figure comparison() {
  return {
      "comparison",
      "Class comparison",
      "The channels of a layer that speak most for one class rather than the other",
      {objective(), against(), layer(), channel(), picked(), place(), method(), pooling(), map(), scale()}};
}

Figure cube() {
  return {"cube",
          "Cube",
          "A layer's activations in three dimensions over the picture, cut into atoms, the selected one lit",
          {layer(),
           place(),
           channel(),
           {"atom", Kind::word, "What the cube is cut into", std::string("position"), 0, 0,
            words({"neuron", "position", "channel", "group", "whole"})},
           {"turn", Kind::whole, "From where it is seen, in degrees about the vertical", std::int64_t(30), 0,
            359},
           {"tilt", Kind::whole, "From how far above it is seen, in degrees", std::int64_t(28), 5, 85}}};
}

Setting group() { return {"group", Kind::group, "A group that is pinned"}; }
Setting k() { return {"k", Kind::whole, "How many groups", std::int64_t(6), 1, 32}; }
Setting weight(const char* key, const char* sentence, double usual) {
  return {key, Kind::number, sentence, usual, 0, 1};
}
Setting order() {
  return {"order",
          Kind::word,
          "In which order groups stand",
          std::string("found"),
          0,
          0,
          words({"found", "contribution", "left_to_right"})};
}

Figure groups() {
  return {"groups",
          "Neuron groups",
          "The neurons of a layer in a few groups: what each detects, where, and what it does to the classes",
          {layer(), k(), weight("activations", "How much groups are about activations", 1),
           weight("gradients", "How much they are about gradients of the class", 0),
           weight("attributions", "How much they are about attributions to the class", 0), order(),
           objective(), against(), group(), channel(), place(), method(), pooling(), scale()}};
}

Figure flows() {
  return {
      "flows",
      "Group flows",
      "How the groups of several layers feed each other and the classes: ribbons as wide as what flows",
      {layers(),
       k(),
       {"compatible", Kind::truth, "Groups that are made for each other, not each layer on its own", false},
       {"towards", Kind::word,
        "What flows: contributions to the class, or from group to group whatever comes of it",
        std::string("class"), 0, 0, words({"class", "groups"})},
       {"height", Kind::word, "What the height of a group stands for", std::string("magnitude"), 0, 0,
        words({"magnitude", "contribution"})},
       weight("activations", "How much groups are about activations", 1),
       weight("gradients", "How much they are about gradients of the class", 0),
       weight("attributions", "How much they are about attributions to the class", 0),
       objective(),
       against(),
       group(),
       channel(),
       place(),
       method(),
       pooling()}};
}

Figure sheet() {
  return {"sheet",
          "One layer's channels",
          "Every channel of a layer as a small map beside the picture",
          {layer(), channel(), place(), map()}};
}

// A point in it can be any of the others, and be set as they are.
Figure space(const std::vector<Figure>& others) {
  Figure figure{"space",
                "Design space",
                "The elements of a figure as layers and atoms, and beneath them the figure that they make",
                {{"spec", Kind::spec, "What is shown, in the words of the grammar"}}};
  for (const Figure& other : others)
    for (const Setting& setting : other.settings)
      if (!figure.find(setting.key)) figure.settings.push_back(setting);
  return figure;
}

}  // namespace

std::vector<Figure> all_figures() {
  std::vector<Figure> figures{overview(),   dictionary(), grids(), spatial(), channels(),
                              comparison(), groups(),     flows(), cube(),    sheet()};
  figures.push_back(space(figures));
  return figures;
}

}  // namespace tessera::figure
