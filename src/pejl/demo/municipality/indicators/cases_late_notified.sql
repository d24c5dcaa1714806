-- The cases whose limit was not kept: was the citizen told so in writing before it ran out?
SELECT
  case_deadlines.case_id,
  case_deadlines.person,
  case_deadlines.deadline AS event_date,
  case_deadlines.area,
  CASE WHEN case_deadlines.notified_on <= case_deadlines.deadline THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM case_deadlines
WHERE case_deadlines.on_time = 0
