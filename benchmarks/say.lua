-- What wrk sends: each request a submission with an id of its own, from the addresses and places it is told of.
local path, places, many = os.getenv("SAY_PATH"), tonumber(os.getenv("SAY_PLACES")), os.getenv("SAY_MANY") == "yes"
local threads, random = {}, math.random

local function hex(size)
  local out = {}
  for place = 1, size do out[place] = string.format("%x", random(0, 15)) end
  return table.concat(out)
end

function setup(thread)
  thread:set("seed", os.time() * 100 + #threads)
  table.insert(threads, thread)
end

function init()
  math.randomseed(seed)
  taken, cut, other = 0, 0, 0
end

function request()
  local id = hex(8) .. "-" .. hex(4) .. "-7" .. hex(3) .. "-8" .. hex(3) .. "-" .. hex(12)
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept-Language"] = "fr" }
  if many then
    headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", random(0, 255), random(0, 255), random(1, 254))
  end
  local body = "id=" .. id .. "&kind=complaint&text=The+till+was+closed+and+the+line+was+long.+" .. hex(40)
  local at = places > 0 and string.format("p%05d/", random(0, places - 1)) or ""
  return wrk.format("POST", path .. at, headers, body)
end

function response(status)
  if status < 400 then taken = taken + 1 elseif status == 429 then cut = cut + 1 else other = other + 1 end
end

function done(summary, latency)
  local sums = { taken = 0, cut = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  print(string.format("RESULT %d %d %d %f %f %f", sums.taken, sums.cut, sums.other,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.duration / 1e6))
end
