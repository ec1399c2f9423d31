// The socket side of server.h, and the only file that sees Pistache. Pistache accepts, polls and
// writes; its parser, its router and its error texts are not used (docs/attack-surface.md says
// why): each connection's bytes go to a RequestReader, each answer is written here.
#include <arpa/inet.h>
#include <pistache/endpoint.h>
#include <pistache/peer.h>
#include <sys/socket.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <unordered_set>

#include "core/crypto/crypto.h"
#include "service/http/guard.h"
#include "service/http/problem.h"
#include "service/http/request_reader.h"
#include "service/http/server.h"

namespace assent::http {
namespace {

namespace pst = Pistache;
using Peer = std::shared_ptr<pst::Tcp::Peer>;

constexpr std::chrono::seconds kHeaderTimeout{10}, kBodyTimeout{10};
constexpr std::chrono::seconds kIdleTimeout{15};  // Also what a handler has to answer
constexpr std::chrono::milliseconds kCloseWait{500};
constexpr int kBacklog = 512;
constexpr const char* kConnection = "assent";  // Our data on a peer

// What the server, its connections and late answers share; it outlives the endpoint.
class Shared {
 public:
  Shared(ServerSettings with, Handler handler)
      : settings(std::move(with)), handle(std::move(handler)) {}

  void begin() {
    const std::lock_guard lock(mutex_);
    ++in_flight_;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    if (--in_flight_ == 0) changed_.notify_all();
  }
  void opened(int socket) {
    const std::lock_guard lock(mutex_);
    sockets_.insert(socket);
  }
  void closed(int socket) {
    const std::lock_guard lock(mutex_);
    sockets_.erase(socket);
    if (sockets_.empty()) changed_.notify_all();
  }
  void drain(std::chrono::milliseconds deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, deadline, [this] { return in_flight_ == 0; });
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    changed_.wait_for(lock, kCloseWait, [this] { return sockets_.empty(); });
  }

  const ServerSettings settings;
  const Handler handle;
  std::atomic<bool> is_draining{false};
  std::shared_mutex endpoint_mutex;  // Held shared while an answer is handed to the endpoint
  bool has_endpoint = true;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
  std::unordered_set<int> sockets_;
};

// One request that is not yet answered on the wire. Gone when its answer is written or dropped.
class InFlight {
 public:
  explicit InFlight(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {
    shared_->begin();
  }
  ~InFlight() { shared_->end(); }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

 private:
  std::shared_ptr<Shared> shared_;
};

struct Connection {
  Connection(std::shared_ptr<Shared> shared_with, int descriptor, std::string from)
      : shared(std::move(shared_with)),
        socket(descriptor),
        address(std::move(from)),
        reader(shared->settings.max_request_bytes) {
    shared->opened(socket);
  }
  ~Connection() { shared->closed(socket); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::shared_ptr<Shared> shared;
  const int socket;
  const std::string address;
  RequestReader reader;  // The connection's own worker thread only

  std::mutex mutex;        // For what follows, and for the order of answers
  bool is_busy = false;    // A request waits for its answer
  bool is_ending = false;  // The answer to come, or given, is the last
};

std::string wire_bytes(const Response& response, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out += reason_phrase(response.status);
  out += "\r\nContent-Type: " + response.content_type;
  out += "\r\nContent-Length: " + std::to_string(response.body.size());
  out += keep_alive ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
  out += "\r\nX-Content-Type-Options: nosniff";
  bool may_keep = false;
  for (const auto& [name, value] : response.headers) {
    out += "\r\n" + name + ": " + value;
    may_keep = may_keep || name == "Cache-Control";
  }
  if (!may_keep) out += "\r\nCache-Control: no-store";
  if (response.retry_after_seconds > 0)
    out += "\r\nRetry-After: " + std::to_string(response.retry_after_seconds);
  out += "\r\n\r\n";
  return out += response.body;
}

// The one answer to one request. Any thread; the client may be gone.
class Reply {
 public:
  Reply(const Peer& peer, std::shared_ptr<Connection> connection, pst::Tcp::Transport* transport)
      : peer_(peer),
        connection_(std::move(connection)),
        transport_(transport),
        in_flight_(std::make_shared<InFlight>(connection_->shared)) {}
  ~Reply() {  // Nobody answered: a bug, but the client must not wait
    if (!is_sent_) send(internal_problem());
  }
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  void send(Response response) {
    if (is_sent_.exchange(true)) return;
    if (response.body.size() > kMaxResponseBytes) response = internal_problem();
    const std::shared_lock endpoint(connection_->shared->endpoint_mutex);
    const Peer peer = peer_.lock();
    if (connection_->shared->has_endpoint && peer) write(response);
    in_flight_.reset();
  }

 private:
  void write(const Response& response) {
    const std::lock_guard lock(connection_->mutex);
    const bool is_last = connection_->is_ending;
    const auto bytes = wire_bytes(response, !is_last);
    transport_->asyncWrite(connection_->socket, pst::RawBuffer(bytes, bytes.size()), MSG_NOSIGNAL)
        .then(
            [held = in_flight_, peer = peer_, socket = connection_->socket, is_last](ssize_t) {
              // The client's unread bytes would turn a full close into a reset.
              if (is_last && peer.lock()) ::shutdown(socket, SHUT_WR);
            },
            [held = in_flight_](std::exception_ptr) {});
    connection_->is_busy = false;
  }

  std::atomic<bool> is_sent_{false};
  const std::weak_ptr<pst::Tcp::Peer> peer_;
  const std::shared_ptr<Connection> connection_;
  pst::Tcp::Transport* const transport_;  // Lives while has_endpoint
  std::shared_ptr<InFlight> in_flight_;
};

// IPv4 as clients know it, also when it came through an IPv6 socket.
std::string plain_address(const std::string& text) {
  constexpr std::string_view kMapped = "::ffff:";
  return text.starts_with(kMapped) ? text.substr(kMapped.size()) : text;
}

bool is_address(const std::string& text) {
  in6_addr unused{};
  return inet_pton(AF_INET, text.c_str(), &unused) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &unused) == 1;
}

bool is_from_edge(const ServerSettings& settings, const Request& request) {
  return !settings.edge_secret.empty() &&
         same_bytes(bytes_of(settings.edge_secret), bytes_of(request.edge_secret));
}

class Edge final : public pst::Http::Handler {
 public:
  HTTP_PROTOTYPE(Edge)  // Copied once for each worker thread

  explicit Edge(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  void onRequest(const pst::Http::Request&, pst::Http::ResponseWriter) override {}  // See onInput

 private:
  // Pistache's timers look at its parser, so each peer has one, never fed: its clock is what
  // counts.
  static void restart_clock(const Peer& peer, bool is_idle) {
    getParser(peer)->reset();
    peer->setIdle(is_idle);
  }

  void onConnection(const Peer& peer) override {
    constexpr std::size_t kUnused = 16;
    peer->putData(ParserData, std::make_shared<pst::Http::RequestParser>(kUnused));
    peer->putData(kConnection, std::make_shared<Connection>(shared_, peer->fd(),
                                                            plain_address(peer->address().host())));
  }

  void onInput(const char* data, size_t size, const Peer& peer) override try {
    auto connection = std::static_pointer_cast<Connection>(peer->getData(kConnection));
    {
      const std::lock_guard lock(connection->mutex);
      // Bytes before the answer are a pipelined request: it is not read, and the answer is the
      // last.
      if (connection->is_busy) connection->is_ending = true;
      if (connection->is_ending) return;
    }
    connection->reader.add({data, size});
    advance(connection, peer);
  } catch (...) {  // No memory, or a bug: the connection's state is unknown
    ::shutdown(peer->fd(), SHUT_RDWR);
  }

  void advance(const std::shared_ptr<Connection>& connection, const Peer& peer) {
    using State = RequestReader::State;
    const auto before = connection->reader.state();
    const auto now = connection->reader.read();
    if (now == State::Ready) return serve(connection, peer);
    if (now == State::Refused) {
      restart_clock(peer, true);
      start(connection, peer, true)->send(connection->reader.refusal());
    } else if (now != before) {
      restart_clock(peer, false);
    }
  }

  void serve(const std::shared_ptr<Connection>& connection, const Peer& peer) {
    auto incoming = connection->reader.take();
    auto& request = incoming.request;
    request.peer = connection->address;
    if (is_from_edge(shared_->settings, request) && is_address(incoming.client_address))
      request.peer = plain_address(incoming.client_address);
    if (!is_from_edge(shared_->settings, request)) request.vouched = {};
    restart_clock(peer, true);
    const bool is_last = !incoming.keep_alive || connection->reader.has_more();
    auto reply = start(connection, peer, is_last || shared_->is_draining);
    if (shared_->is_draining)
      return reply->send(problem_for({Code::Unavailable, "The service is stopping."}));
    try {
      shared_->handle(request, [reply](Response response) { reply->send(std::move(response)); });
    } catch (...) {
      reply->send(internal_problem());
    }
  }

  std::shared_ptr<Reply> start(const std::shared_ptr<Connection>& connection, const Peer& peer,
                               bool is_last) {
    const std::lock_guard lock(connection->mutex);
    connection->is_busy = true;
    if (is_last) connection->is_ending = true;
    return std::make_shared<Reply>(peer, connection, transport());
  }

  std::shared_ptr<Shared> shared_;
};

class PistacheServer final : public Server {
 public:
  explicit PistacheServer(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {
    const auto& settings = shared_->settings;
    const bool is_v6 = settings.address.find(':') != std::string::npos;
    const pst::Address address(is_v6 ? "[" + settings.address + "]" : settings.address,
                               pst::Port(settings.port));
    endpoint_ = std::make_unique<pst::Http::Endpoint>(address);
    endpoint_->init(pst::Http::Endpoint::options()
                        .threads(settings.threads)
                        .backlog(kBacklog)
                        .flags(pst::Tcp::Options::ReuseAddr | pst::Tcp::Options::CloseOnExec)
                        .headerTimeout(kHeaderTimeout)
                        .bodyTimeout(kBodyTimeout)
                        .keepaliveTimeout(kIdleTimeout));
    endpoint_->setHandler(std::make_shared<Edge>(shared_));
    endpoint_->serveThreaded();
    port_ = endpoint_->getPort();
  }
  ~PistacheServer() override { stop(0); }

  std::uint16_t port() const override { return port_; }

  void stop(int deadline_ms) override {
    if (shared_->is_draining.exchange(true)) return;
    shared_->drain(std::chrono::milliseconds(deadline_ms));
    endpoint_->shutdown();
    const std::unique_lock lock(shared_->endpoint_mutex);
    shared_->has_endpoint = false;
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::unique_ptr<pst::Http::Endpoint> endpoint_;
  std::uint16_t port_ = 0;
};

bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace

Result<std::unique_ptr<Server>> serve(const ServerSettings& settings, Handler handler) {
  if (!is_loopback(settings.address))
    return fail(Code::Invalid, "the service listens on 127.0.0.1 or ::1 only, not on '" +
                                   settings.address + "': put the edge (nginx) in front");
  ASSENT_CHECK(guard::raise_descriptor_limit());
  try {
    return std::make_unique<PistacheServer>(std::make_shared<Shared>(settings, std::move(handler)));
  } catch (const std::exception& error) {
    return fail(Code::Unavailable, "cannot listen on " + settings.address + " port " +
                                       std::to_string(settings.port) + ": " + error.what());
  }
}

}  // namespace assent::http
