-- Everybody who lives in the municipality at the start or the end of a transition, once, with the level at each end.
-- A step is null where the person does not live here at that end; the level then says why.
WITH ends AS (
  SELECT
    vulnerability_levels.person,
    calendar_transitions.period,
    calendar_transitions.to_day,
    vulnerability_levels.step AS step_from,
    NULL AS step_to
  FROM vulnerability_levels
  JOIN calendar_transitions ON calendar_transitions.from_year = vulnerability_levels.year
  UNION ALL
  SELECT
    vulnerability_levels.person,
    calendar_transitions.period,
    calendar_transitions.to_day,
    NULL AS step_from,
    vulnerability_levels.step AS step_to
  FROM vulnerability_levels
  JOIN calendar_transitions ON calendar_transitions.to_year = vulnerability_levels.year
),
pairs AS (
  SELECT ends.person, ends.period, ends.to_day, max(ends.step_from) AS step_from, max(ends.step_to) AS step_to
  FROM ends
  GROUP BY ends.person, ends.period, ends.to_day
)
SELECT
  pairs.person,
  pairs.period,
  pairs.step_from,
  pairs.step_to,
  CASE pairs.step_from
    WHEN 0 THEN 'none' WHEN 1 THEN 'light' WHEN 2 THEN 'moderate' WHEN 3 THEN 'severe' ELSE 'newcomer'
  END AS level_from,
  CASE
    WHEN pairs.step_to = 0 THEN 'none'
    WHEN pairs.step_to = 1 THEN 'light'
    WHEN pairs.step_to = 2 THEN 'moderate'
    WHEN pairs.step_to = 3 THEN 'severe'
    WHEN persons.death_date <= pairs.to_day THEN 'dead'
    ELSE 'moved_away'
  END AS level_to
FROM pairs
LEFT JOIN persons ON persons.person = pairs.person
