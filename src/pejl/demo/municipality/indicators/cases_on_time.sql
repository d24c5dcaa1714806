-- Each case once, on the day it is known whether its limit was kept. Late is late, whether the citizen was told or not.
SELECT
  case_deadlines.case_id,
  case_deadlines.person,
  case_deadlines.known_on AS event_date,
  case_deadlines.area,
  case_deadlines.on_time AS numerator,
  1 AS denominator
FROM case_deadlines
