-- wrk sends the requests of a file in turn until its time is over, and prints its figures as one line of numbers.
-- The file contains texts, each after its length and a line feed: the start of all requests, their end, and the middle of each request.

local start, finish
local middles = {}
local turn = 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))

  local function next_text()
    local length = file:read("*n")
    file:read(1)
    return length and (length == 0 and "" or file:read(length))
  end

  start, finish = next_text(), next_text()

  for text in next_text do
    middles[#middles + 1] = text
  end

  file:close()

  if #middles == 1 then
    -- Without a function "request", wrk formats the request only once.
    wrk.format = function() return start .. middles[1] .. finish end
  else
    request = function()
      turn = turn % #middles + 1
      return start .. middles[turn] .. finish
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  print("FIGURES", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout)
end
