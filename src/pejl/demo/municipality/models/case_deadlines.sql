-- The last day of the published time limit of each case: the limit that held in its area when it was received.
-- known_on is the day on which it is known whether the limit was kept: that of a decision in time, else the last day.
-- Left out are cases in areas without a published limit, and those never decided of citizens who had died or moved away
-- when the limit ran out: they have lapsed.
WITH limits AS (
  SELECT
    cases.case_id,
    cases.person,
    cases.area,
    cases.received_on,
    cases.decided_on,
    cases.notified_on,
    time_limits.amount,
    time_limits.in_unit
  FROM cases
  JOIN time_limits
    ON time_limits.area = cases.area
    AND time_limits.valid_from <= cases.received_on
    AND (time_limits.valid_to IS NULL OR time_limits.valid_to >= cases.received_on)
),
deadlines AS (
  SELECT
    limits.case_id,
    limits.person,
    limits.area,
    limits.decided_on,
    limits.notified_on,
    calendar_months_later.later AS deadline
  FROM limits
  JOIN calendar_months_later
    ON calendar_months_later.day = limits.received_on AND calendar_months_later.months = limits.amount
  WHERE limits.in_unit = 'months'
  UNION ALL
  SELECT
    limits.case_id,
    limits.person,
    limits.area,
    limits.decided_on,
    limits.notified_on,
    limits.received_on + CAST(7 * limits.amount AS INTEGER) AS deadline
  FROM limits
  WHERE limits.in_unit = 'weeks'
)
SELECT
  deadlines.case_id,
  deadlines.person,
  deadlines.area,
  deadlines.decided_on,
  deadlines.notified_on,
  deadlines.deadline,
  CASE WHEN deadlines.decided_on <= deadlines.deadline THEN 1 ELSE 0 END AS on_time,
  CASE WHEN deadlines.decided_on <= deadlines.deadline THEN deadlines.decided_on ELSE deadlines.deadline END AS known_on
FROM deadlines
LEFT JOIN residence
  ON residence.person = deadlines.person
  AND residence.from_day <= deadlines.deadline
  -- an OR in a LEFT JOIN makes the engine compare every row with every other
  AND coalesce(residence.to_day, DATE '9999-12-31') >= deadlines.deadline
WHERE deadlines.decided_on IS NOT NULL OR residence.person IS NOT NULL
