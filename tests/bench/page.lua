-- wrk: the same form again and again, or a page. Arguments: path, and the form's body if it is one.
local path, body

function init(arguments)
  path, body = arguments[1], arguments[2]
  if body then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
end

function request()
  return wrk.format(nil, path, nil, body)
end

function done(summary, latency)
  io.write(string.format(
    'RESULT {"requests":%d,"bad":%d,"p50":%.4f}\n', summary.requests,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write +
    summary.errors.timeout, latency:percentile(50) / 1e3))
end
