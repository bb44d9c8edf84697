// Stores bookings by SQL: copies of those that were made through the API, at other times.

const CHUNK = 50_000; // rows a transaction
const SLOTS = 60; // of a window in the month that is read: 30 days of 2
const PAST_SLOTS = 900; // and before it, over which the rest is spread
const [CONFIRMED, COMPLETED] = [1, 9]; // Booking.State

// Numbers what is booked of the parks, so that copies can go from one to the next.
export function makeTemplates(suite) {
  suite.sql(`
    CREATE TABLE resource.bench_template AS
      SELECT ROW_NUMBER() OVER (ORDER BY window_id) - 1 AS number, MIN(id) AS id, window_id
      FROM resource.booking WHERE LOCATE('沪A12345', body) > 0 GROUP BY window_id;
    ALTER TABLE resource.bench_template ADD PRIMARY KEY (number)`);
}

// Adds until `size` bookings are stored; each window first gets one for each slot of the
// 30 days from `begun` (UTC midnight: windows open at 0 and 6 there), then completed
// ones of the days before. Returns how many there are.
export function fillTo(suite, size, begun) {
  const count = (table) => Number(suite.sql(`SELECT COUNT(*) FROM resource.${table}`));
  const templates = count('bench_template');
  const day = new Date(begun).toISOString().slice(0, 10);
  for (;;) {
    const stored = count('booking');
    if (stored >= size) break;
    const last = Math.min(stored + CHUNK, size);
    suite.sql(fillRows(stored + 1, last, templates, day));
  }
  suite.sql(`
    INSERT INTO resource.slot (alliance_id, window_id, start_time, used, capacity)
      SELECT alliance_id, window_id, start_time, COUNT(*), 100000 FROM resource.booking
      WHERE window_id IN (SELECT window_id FROM resource.bench_template) AND state = ${CONFIRMED}
      GROUP BY alliance_id, window_id, start_time
      ON DUPLICATE KEY UPDATE used = VALUES(used);
    ANALYZE TABLE resource.booking, resource.slot`);
  return count('booking');
}

// Row n is of window n mod (how many), in its slot n div (how many).
function fillRows(first, last, templates, day) {
  return `
    INSERT INTO resource.booking (alliance_id, id, user_name, member_id, state, start_time, end_time, version, body,
        window_id, lender_id, due_time, held)
      SELECT alliance_id, CONCAT('bench-', seq),
        IF(seq DIV ${templates} MOD 10 = 0, user_name, CONCAT('users/bench', seq MOD 997)), member_id,
        IF(turn < ${SLOTS}, ${CONFIRMED}, ${COMPLETED}), start, start + INTERVAL 6 HOUR, version, body,
        window_id, lender_id, NULL, held
      FROM (
        SELECT seq, turn, booking.*,
          '${day}' + INTERVAL IF(turn < ${SLOTS}, turn DIV 2, -1 - (turn MOD ${PAST_SLOTS}) DIV 2) DAY
            + INTERVAL 6 * (turn MOD 2) HOUR AS start
        FROM (SELECT CAST(seq AS SIGNED) AS seq, CAST(seq AS SIGNED) DIV ${templates} AS turn FROM resource.seq_${first}_to_${last}) AS numbers
        JOIN resource.bench_template AS template ON template.number = seq MOD ${templates}
        JOIN resource.booking AS booking ON booking.alliance_id = 'demo' AND booking.id = template.id
      ) AS copies`;
}
