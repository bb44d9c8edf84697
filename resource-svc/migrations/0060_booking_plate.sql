-- A gate asks by plate. What is stored before, or by a process of before, has NULL: nothing is told,
-- and the booking itself says; no plate is ''.

ALTER TABLE booking
  ADD COLUMN IF NOT EXISTS plate VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  ADD KEY IF NOT EXISTS booking_by_plate (alliance_id, plate, end_time);
