-- wrk: each request takes the first step of another deal: session, CSRF, may(), the gate's rules, a paper, a ruling, the deal's next
-- version, three leaves. Environment: TQ_COOKIE, TQ_CSRF, TQ_DEALS (bench/load/deals.mjs). One thread, so that no deal is asked twice.
local file = io.open(os.getenv("TQ_DEALS"))
local body = file:read()
local headers = { ["Content-Type"] = "application/json", ["Cookie"] = os.getenv("TQ_COOKIE"), ["X-CSRF-Token"] = os.getenv("TQ_CSRF") }

function request()
  return wrk.format("POST", "/api/v1/deals/" .. (file:read() or "0"), headers, body)
end
