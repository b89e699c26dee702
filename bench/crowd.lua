-- Comes at a fixed rate, whether the server keeps up or not, each request on a connection of its own. For wrk on Linux,
-- with one thread. Arguments: requests a second (0: as soon as a connection is free), and the cookie. Writes a line of JSON.
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int, moment *);")
local clock, threads = ffi.new("moment"), {}

local function now()
  ffi.C.clock_gettime(1, clock)
  return tonumber(clock.seconds) * 1000 + tonumber(clock.nanoseconds) / 1e6
end

function setup(thread) table.insert(threads, thread) end

function init(arguments)
  rate, sent, seen, due = tonumber(arguments[1]), 0, {}, now()
  wrk.headers["Cookie"], wrk.headers["Connection"] = arguments[2], "close"
  if rate == 0 then delay = nil end
end

-- Milliseconds until the next request is due. Where the crowd is late, it catches up.
function delay()
  due = due + 1000 / rate
  return math.max(0, due - now())
end

-- Each comes from an address of somebody's own, since the limits are for one address.
function request()
  sent = sent + 1
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", sent / 62500 % 250, sent / 250 % 250, sent % 250)
  return wrk.format()
end

function response(status, _, body)
  local whole = body:find("</html>", -16, true) and (status ~= 503 or body:find("tel:113", 1, true))
  local kind = whole and tostring(status) or status .. " without its page"
  seen[kind] = (seen[kind] or 0) + 1
end

function done(summary, latency)
  local counted = {}
  local function count(kind, number) table.insert(counted, string.format('"%s": %d', kind, number)) end
  for kind, number in pairs(threads[1]:get("seen")) do count(kind, number) end
  for _, kind in ipairs({"connect", "read", "write", "timeout"}) do
    if summary.errors[kind] > 0 then count(kind .. " failed", summary.errors[kind]) end
  end
  io.write(string.format('{"sent": %d, "seconds": %f, "median": %f, "p99": %f, "longest": %f, "seen": {%s}}\n',
    threads[1]:get("sent"), summary.duration / 1e6,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, latency.max / 1e6, table.concat(counted, ", ")))
end
