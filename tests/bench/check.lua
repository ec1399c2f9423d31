-- wrk: one gate check after another, each for somebody else. Arguments: session, people.
local session, people, next_person

function init(arguments)
  session, people = arguments[1], tonumber(arguments[2])
  next_person = math.random(0, people - 1)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. session
  wrk.headers["Content-Type"] = "application/json"
end

-- Steps by a prime that divides no round number: near logins do not follow each other.
function request()
  next_person = (next_person + 7919) % people
  return wrk.format(nil, "/v1/gate/check", nil,
                    string.format('{"login":"p%07d","channel":"pam:sshd"}', next_person))
end

function done(summary, latency)
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"bad":%d,"p50":%.4f,"p99":%.4f}\n', summary.requests,
    summary.duration / 1e6, summary.errors.status + summary.errors.connect + summary.errors.read +
    summary.errors.write + summary.errors.timeout, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3))
end
