-- wrk's requests: each is a booking of its own, of the next line of TARGETS by the next
-- session of TOKENS. TARGETS has a JSON booking a line, TOKENS a session a line.

local function lines_of(name)
  local lines = {}
  for line in io.lines(os.getenv(name)) do lines[#lines + 1] = line end
  return lines
end

local targets = lines_of("TARGETS")
local tokens = lines_of("TOKENS")
local path = "/jinhuan.resource.v1.BookingService/CreateBooking"
local run = os.getenv("RUN")
local number = 0

function request()
  number = number + 1
  local target = targets[number % #targets + 1]
  local headers = {
    ["content-type"] = "application/json",
    ["authorization"] = "Bearer " .. tokens[number % #tokens + 1],
  }
  local body = '{"parent":"alliances/demo","requestId":"' .. run .. number .. '","booking":' .. target .. '}'
  return wrk.format("POST", path, headers, body)
end

function done(summary, latency)
  io.write(string.format(
    'RESULT {"calls":%d,"seconds":%.3f,"refused":%d,"broken":%d,"p50":%.2f,"p99":%.2f}\n',
    summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
