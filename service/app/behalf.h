#pragma once
// Answers given for somebody by a signed-in person: on paper, with help, a class together, an
// endorsement, a withdrawal. Never by a device (design decision 12).

#include "service/app/actors.h"
#include "service/app/class_list.h"
#include "service/app/presentations.h"

namespace assent {

struct BehalfRequest {
  Act act = Act::Agree;  // agree, acknowledge, decline, endorse or withdraw
  PolicyName policy;
  std::string how;                  // "paper", "read aloud", "with TA", …
  std::string note;                 // may be empty
  std::optional<std::uint64_t> of;  // the entry endorsed or withdrawn: their newest answer, or none
};

struct ClassRequest {
  std::string form;
  PolicyName policy;
  std::string how, note;
  std::vector<std::string> present;  // as typed: see ClassList::find()
};
struct ClassSigned {
  std::vector<std::uint64_t> entries;
  std::vector<std::string> missing;  // of `present`, but not in the form or with nothing to sign
};

class OnBehalf {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    const Standings& standings;
    LedgerWriter& writer;
    Random& random;
  };
  explicit OnBehalf(Needs needs) : needs_(needs) {}

  static constexpr std::size_t kClassMax = 100;

  // NotFound when the policy is not in force; Conflict when there is nothing to endorse or
  // withdraw; Denied for a shared account: nobody signs for thirty children at once; Invalid for
  // another act, and for an acknowledgement where the policy asks people to agree.
  void answer(const Actor& actor, const School& school, const PersonRow& person,
              const BehalfRequest& request, const Done& done);
  // Whether answer() would do it at `now`, for a dry run.
  Status may_answer(const Actor& actor, const School& school, const PersonRow& person,
                    const BehalfRequest& request, Time now);
  // One record a child, all in one transaction. Invalid for more than kClassMax children.
  void sign_class(const Actor& actor, const School& school, const ClassRequest& request,
                  std::function<void(Result<ClassSigned>)> then);
  // What sign_class() would do at `now`, for a dry run: who would be missing, and one entry, not
  // yet in the log, for each who would sign.
  Result<ClassSigned> to_sign(const Actor& actor, const School& school, const ClassRequest& request,
                              Time now);

 private:
  struct Made;
  struct ClassMade;
  using FactsOf = std::function<Result<Facts>(const PersonRow&)>;
  Result<ClassList> read_class(const School& school, const ClassRequest& request) const;
  Result<ClassMade> make_class(const Actor& actor, const School& school,
                               const ClassRequest& request, const ClassList& list,
                               const FactsOf& facts_of, Time now, std::uint64_t next_index);
  Result<Made> make(const Actor& actor, const School& school, const PersonRow& person,
                    const Facts& facts, const BehalfRequest& request, Time now,
                    std::uint64_t index);
  bool owes(const School& school, const Facts& facts, const PolicyName& policy, Time now) const;
  Status store(Transaction& transaction, const School& school, const PersonRow& person,
               const Made& made, Time now);

  Needs needs_;
  Presentations presentations_;
};

}  // namespace assent
