-- One Connect call again and again, as JSON or as proto (PROTO=1), and a line that
-- bench.mjs reads.
wrk.method = "POST"
wrk.path = "/jinhuan.alliance.v1.AllianceService/GetAlliance"
wrk.headers["authorization"] = "Bearer " .. os.getenv("TOKEN")
if os.getenv("PROTO") == "1" then
  wrk.headers["content-type"] = "application/proto"
  wrk.body = "\10\14alliances/demo" -- field 1, 14 bytes
else
  wrk.headers["content-type"] = "application/json"
  wrk.body = '{"name":"alliances/demo"}'
end

done = function(summary, latency)
  local seconds = summary.duration / 1e6
  print(string.format('{"rate":%.0f,"p50":%.3f,"p99":%.3f,"failed":%d}', summary.requests / seconds,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
