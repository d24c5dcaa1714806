-- Citizens who ended a treatment for drugs in the year: how did their last course end?
SELECT
  treatment_endings.person,
  treatment_endings.ended_on AS event_date,
  CASE WHEN treatment_endings.end_status = 'reduced' THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM treatment_endings
