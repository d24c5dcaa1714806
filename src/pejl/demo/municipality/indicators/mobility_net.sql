-- Levels moved by those who live here at both ends and are vulnerable at one of them at least; down is negative.
SELECT
  mobility_pairs.person,
  mobility_pairs.period,
  mobility_pairs.step_to - mobility_pairs.step_from AS numerator,
  1 AS denominator
FROM mobility_pairs
WHERE
  mobility_pairs.step_from IS NOT NULL
  AND mobility_pairs.step_to IS NOT NULL
  AND mobility_pairs.step_from + mobility_pairs.step_to > 0
