-- Whose support is to maintain, none of it to develop, at the start, and who live here at both ends: not worse?
WITH maintained AS (
  SELECT support.person, calendar_transitions.period
  FROM support
  JOIN calendar_transitions
    ON support.from_day <= calendar_transitions.from_day
    AND (support.to_day IS NULL OR support.to_day >= calendar_transitions.from_day)
  GROUP BY support.person, calendar_transitions.period
  HAVING
    max(CASE WHEN support.aim = 'maintain' THEN 1 ELSE 0 END) = 1
    AND max(CASE WHEN support.aim = 'develop' THEN 1 ELSE 0 END) = 0
)
SELECT
  mobility_pairs.person,
  mobility_pairs.period,
  CASE WHEN mobility_pairs.step_to <= mobility_pairs.step_from THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM maintained
JOIN mobility_pairs ON mobility_pairs.person = maintained.person AND mobility_pairs.period = maintained.period
WHERE mobility_pairs.step_from IS NOT NULL AND mobility_pairs.step_to IS NOT NULL
