#include "app/help_topics.h"

namespace tessera::app {

std::vector<HelpTopic> help_topics() {
  return {
      {"Preprocessing (--preprocess), for models that do not bring their own",
       "PREPROCESSING",
       {"a preset (imagenet, inception, unit, raw, minus_one_one), or fields over the ImageNet defaults, or "
        "both:",
        "224x224,range=1,mean=0.485/0.456/0.406,std=0.229/0.224/0.225,order=rgb,fit=center_crop,crop=0.875"},
       {}},
      {"Classes (--to, --minus, --set class=…, --show class=…)",
       "CLASSES",
       {"a label in any case, or a part of one that no other label has;",
        "a number: the label that is this number, and an index from 0 where there is none;",
        "'#4': index 4, whatever the labels are; all (only --to of attribute): every class"},
       {}},
      {"Exit codes",
       "EXIT STATUS",
       {},
       {{"0", "done"},
        {"1", "not possible: one sentence on stderr says why; of `tessera check`: something failed"},
        {"2", "wrong usage"}}},
      {"Environment",
       "ENVIRONMENT",
       {},
       {{"TESSERA_DATA",
         "the folder of the bundled model and pictures, where it is not found near the program"},
        {"TESSERA_ICONS", "the folder of finished icons (default: ~/.cache/tessera/icons)"}}}};
}

std::string to_text(const std::vector<HelpTopic>& topics) {
  std::string text;
  for (const HelpTopic& topic : topics) {
    text += (text.empty() ? "" : "\n\n") + topic.title + ":";
    for (const std::string& line : topic.lines) text += "\n  " + line;
    for (const auto& [word, meaning] : topic.entries) text += "\n  " + word + "  " + meaning;
  }
  return text;
}

}  // namespace tessera::app
