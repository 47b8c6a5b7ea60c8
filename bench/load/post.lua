-- wrk: each request posts another need, as a signed-in member would through the API. Environment: TQ_COOKIE, TQ_CSRF, TQ_RUN.
local cookie, csrf, run = os.getenv("TQ_COOKIE"), os.getenv("TQ_CSRF"), os.getenv("TQ_RUN") or "0"
local threads, here, count = 0, 0, 0

function setup(thread)
  thread:set("here", threads)
  threads = threads + 1
end

function request()
  count = count + 1
  local name = string.format("计量需求 %s-%d-%d", run, here, count)
  local body = string.format('{"title":"%s","now":"轴承寿命三千小时,介质含沙,每年更换两次,第 %d 次写入。","goal":"提高到八千小时","budget":"200万元","due":"2027-06-30"}', name, count)
  return wrk.format("POST", "/api/v1/needs", { ["Content-Type"] = "application/json", ["Cookie"] = cookie, ["X-CSRF-Token"] = csrf }, body)
end
