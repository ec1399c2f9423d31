// For kill -9 tests. `crash_writer write FILE THREADS` appends records through the real writer and
// prints "index leaf" for each only once it was acknowledged, until it is killed. `crash_writer
// check FILE < those lines` opens the store again and checks that all of them are there, the same.
// Not a tool for real logs: its key is a fixed number.

#include <unistd.h>

#include <atomic>
#include <future>
#include <iostream>
#include <thread>

#include "service/app/ledger_writer.h"
#include "service/store/store.h"

namespace assent {
namespace {

constexpr const char* kOrigin = "crash.example/log";

class CountingClock final : public Clock {
 public:
  Time now() const override { return Time{milliseconds{1'790'000'000'000 + ++ticks_}}; }

 private:
  mutable std::atomic<std::int64_t> ticks_ = 0;
};

SigningKey fixed_key() {
  return SigningKey(SecretKey(sha256("the key of a crash test")));
}

int give_up(const std::string& why) {
  std::cerr << why << "\n";
  return 1;
}

void print(const Receipt& receipt) {  // one write: a line is whole or not there
  const auto leaf = leaf_hash(commit(receipt.salt, receipt.record));
  const auto line = std::to_string(receipt.index) + " " + to_hex(leaf) + "\n";
  if (write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size())) _exit(3);
}

void append_for_ever(LedgerWriter& writer, Random& random) {
  for (;;) {
    std::promise<void> answered;
    const auto nonce = random.bytes<16>();
    const auto submitted = writer.submit(
        [nonce](Transaction&, const JobContext&) -> Result<std::vector<Draft>> {
          return std::vector{Draft{"accept", nonce, std::nullopt, {{"why", "a crash test"}}}};
        },
        [&](Result<Written> written) {
          if (!written) _exit(give_up(written.error().message));
          print(written->receipts.at(0));
          answered.set_value();
        });
    if (!submitted) _exit(give_up(submitted.error().message));
    answered.get_future().wait();
  }
}

int write_records(store::Store& store, unsigned count) {
  const auto key = fixed_key();
  const CountingClock clock;
  SystemRandom random;
  LedgerSettings settings;
  settings.origin = kOrigin;
  settings.trust = "crash";
  auto writer = LedgerWriter::start(settings, store.journal, store.ledger, key, clock, random,
                                    [](std::string why) { _exit(give_up(why)); });
  if (!writer) return give_up(writer.error().message);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < count; ++i)
    threads.emplace_back([&] { append_for_ever(**writer, random); });
  for (auto& thread : threads) thread.join();
  return 0;
}

// Every record hashed again, up to the signed root.
Status check_log(const store::Store& store) {
  ASSENT_TRY(const auto head, store.ledger.head());
  if (head.size == 0) return {};
  Frontier frontier;
  for (std::uint64_t i = 0; i < head.size; ++i) {
    ASSENT_TRY(const auto record, store.ledger.record(i));
    frontier.append(leaf_hash(commit(record.salt, record.body)), [](const StoredHash&) {});
  }
  ASSENT_TRY(const auto newest, store.ledger.checkpoint(head.size));
  const auto text = to_text(Checkpoint{kOrigin, newest.size, newest.root});
  if (frontier.root() != newest.root || newest.size != head.size)
    return fail(Code::Corrupt, "the records do not lead to the newest checkpoint");
  if (!verify(fixed_key().public_key(), bytes_of(text), newest.signature))
    return fail(Code::Corrupt, "the newest checkpoint's signature is wrong");
  return {};
}

int check_records(const store::Store& store) {
  if (const auto checked = check_log(store); !checked) return give_up(checked.error().message);
  std::uint64_t index = 0, acknowledged = 0;
  for (std::string leaf; std::cin >> index >> leaf; ++acknowledged) {
    const auto record = store.ledger.record(index);
    if (!record) return give_up("lost: " + std::to_string(index));
    if (to_hex(leaf_hash(commit(record->salt, record->body))) != leaf)
      return give_up("changed: " + std::to_string(index));
  }
  std::cout << acknowledged << " acknowledged, " << store.ledger.head().value().size
            << " in the log\n";
  return 0;
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 3) return give_up("crash_writer write FILE THREADS | crash_writer check FILE");
  if (const auto started = start_crypto(); !started) return give_up(started.error().message);
  auto store = store::open_store(words[2]);
  if (!store) return give_up(store.error().message);
  if (words[1] == "check") return check_records(**store);
  return write_records(**store, words.size() > 3 ? unsigned(std::stoul(words[3])) : 1);
}

}  // namespace
}  // namespace assent

int main(int argc, char** argv) {
  return assent::run({argv, argv + argc});
}
