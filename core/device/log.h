#pragma once
// What the agent's parts say to the operator. main.cpp sends it to the journal. Lines hold verdict
// classes, never a reason, a rule or an answer (threats A28), and are made one_line() by writers.

#include <functional>
#include <string>

namespace assent::device {

enum class Severity { Debug, Info, Warning, Error };
using Log = std::function<void(Severity, const std::string&)>;  // any thread

}  // namespace assent::device
