-- The usual way to book, for sysbench: lock the row of the resource, look, insert, count up.
-- Durable like ours; without sign-in, quota, journal and remembered answers.

sysbench.cmdline.options = { rows = {"How many resources", 1} }

function prepare()
  local connection = sysbench.sql.driver():connect()
  connection:query([[CREATE TABLE usual_resource (id INT PRIMARY KEY, used INT NOT NULL, capacity INT NOT NULL)
    ENGINE=InnoDB]])
  connection:query([[CREATE TABLE usual_booking (id BIGINT AUTO_INCREMENT PRIMARY KEY, resource_id INT NOT NULL,
    user_name VARCHAR(100) NOT NULL, start_time DATETIME(6) NOT NULL, body VARBINARY(1000) NOT NULL,
    KEY by_resource (resource_id, start_time)) ENGINE=InnoDB]])
  for id = 1, 100 do
    connection:query("INSERT INTO usual_resource VALUES (" .. id .. ", 0, 1000000000)")
  end
end

local connection
local body = string.rep("b", 400)

function thread_init()
  connection = sysbench.sql.driver():connect()
end

function event()
  local id = sysbench.rand.uniform(1, sysbench.opt.rows)
  connection:query("BEGIN")
  local row = connection:query("SELECT used, capacity FROM usual_resource WHERE id = " .. id .. " FOR UPDATE"):fetch_row()
  if tonumber(row[1]) < tonumber(row[2]) then
    connection:query("INSERT INTO usual_booking (resource_id, user_name, start_time, body) VALUES (" .. id ..
      ", 'users/somebody', '2026-12-01 09:00:00', '" .. body .. "')")
    connection:query("UPDATE usual_resource SET used = used + 1 WHERE id = " .. id)
  end
  connection:query("COMMIT")
end
